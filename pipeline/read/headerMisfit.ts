import { cellKind, isTyped } from './cellKind.ts';
import type { RawRecord } from './records.ts';

/** A header that was not cut into as many cells as the data below it has. */
export interface MisfitHeader {
  /** The names; empty where it can't be said which belongs to which column. */
  texts: string[];
  oddity: string | null;
}

const isFilled = (text: string) => text.trim() !== '';
const looksTyped = (text: string) => isTyped(cellKind(text.trim()));
const OTHER_DELIMITERS = /[,;\t|]| +(?=(?:[^"]*"[^"]*")*[^"]*$)/;

/**
 * Reads the record right above the first data record as a header although it has more or fewer cells. Null where it
 * doesn't look like one.
 */
export function misfitHeader(header: RawRecord, data: RawRecord[], width: number): MisfitHeader | null {
  const [first] = data;
  if (!first || width < 2 || !first.fields.some(looksTyped)) return null;
  const cells = header.fields;
  if (cells.some(looksTyped)) return null;
  const names = otherDelimiter(header.text, width);
  if (names)
    return { texts: names, oddity: `The header on line ${header.line} has another delimiter than the data.` };
  if (cells.length < 2 || cells.length < width / 2 || cells.length > width * 2) return null;
  const filled = cells.filter(isFilled);
  if (filled.length === width)
    return {
      texts: filled,
      oddity: `The header on line ${header.line} has empty cells that no column stands under.`,
    };
  if (filled.length < cells.length / 2) return null;
  const spare = data.every(({ fields }) => !fields.slice(cells.length).some(isFilled));
  if (cells.length < width && spare)
    return {
      texts: [...cells, ...Array<string>(width - cells.length).fill('')],
      oddity: `The header on line ${header.line} names ${cells.length} of ${width} columns; the last is empty and was taken to be the one without a name.`,
    };
  return {
    texts: [],
    oddity: `The header on line ${header.line} has ${cells.length} names for ${width} columns, so it can’t be said which name belongs to which: the columns are numbered. It reads: ${header.text}`,
  };
}

/** The names in a header that is cut by another delimiter than the data. */
function otherDelimiter(text: string, width: number): string[] | null {
  const names = text.split(OTHER_DELIMITERS).map((name) => name.replaceAll('"', '').trim());
  const usable = names.length === width && names.every(isFilled) && new Set(names).size === width;
  return usable && !names.some(looksTyped) ? names : null;
}
