import type { Workbook } from './workbook.ts';
import { unescaped } from './cellText.ts';
import { parseStream } from './xml.ts';

/** The texts that cells refer to by number, runs of different fonts put together, readings of characters left out. */
export async function sharedStrings({ archive, strings }: Workbook): Promise<string[]> {
  if (!strings) return [];
  const found: string[] = [];
  let text: string[] | null = null;
  let inText = false;
  let inReading = false;
  const events = {
    open(name: string) {
      if (name === 'si') text = [];
      else if (name === 'rPh') inReading = true;
      else if (name === 't') inText = !inReading;
    },
    close(name: string) {
      if (name === 'si') {
        found.push(unescaped((text ?? []).join('')));
        text = null;
      } else if (name === 'rPh') inReading = false;
      else if (name === 't') inText = false;
    },
    text(piece: string) {
      if (inText) text?.push(piece);
    },
  };
  for await (const _ of parseStream(await archive.stream(strings), events, () => [])) void _;
  return found;
}
