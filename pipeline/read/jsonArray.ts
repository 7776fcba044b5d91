import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { UnreadableFile } from './unreadable.ts';

/** Where the rows of a JSON document stand: in the array it is, or in the one array it wraps. */
export interface JsonArray {
  /** The key of the array in the document; null where the document is the array. */
  key: string | null;
}

/** Keys under which services put the rows of what was asked for. */
const WRAPPERS = new Set([
  'data',
  'records',
  'results',
  'rows',
  'list',
  'value',
  'values',
  'items',
  'entries',
]);

/** Words by which a service says that what it sent is not all. */
const MORE =
  /"(?:has_more|hasMore|nextRecordsUrl|next_offset|nextPage|@odata\.nextLink)"\s*:\s*(?!false|null|"")|"paging"\s*:\s*\{\s*"next"\s*:\s*(?!null)/;

/** Finds a document of rows by its beginning; null where it is none, e.g. a file with one object a line. */
export function jsonArrayOf(sample: string): JsonArray | null {
  const text = sample.trimStart();
  if (/^\[\s*[{\]]/.test(text)) return { key: null };
  if (!text.startsWith('{')) return null;
  const keys: string[] = [];
  let depth = 0;
  let at = 0;
  while (at < text.length) {
    const character = text[at];
    if (character === '"') {
      const end = endOfString(text, at);
      if (end < 0) return null;
      const key = text.slice(at + 1, end);
      const after = /^\s*:\s*/.exec(text.slice(end + 1, end + 200))?.[0];
      at = end + 1;
      if (depth !== 1 || after === undefined) continue;
      at += after.length;
      // What has an id of its own is a row, whatever it holds.
      if (key === 'id') return null;
      keys.push(key);
      if (WRAPPERS.has(key) && /^\[\s*[{\]]/.test(text.slice(at))) return { key };
      continue;
    }
    if (character === '{' || character === '[') depth++;
    else if (character === '}' || character === ']') depth--;
    if (depth === 0) return null;
    at++;
  }
  return null;
}

function endOfString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at;
  }
  return -1;
}

/** Follows a JSON document character by character and cuts the rows' array into its elements. */
class ElementCutter {
  /** Whether the array was closed. */
  ended = false;
  elements = 0;
  /** What stands around the array, without the rows. */
  around = '';
  private readonly key: string | null;
  private depth = 0;
  private inString = false;
  private escaped = false;
  private inArray = false;
  private element: string[] = [];
  private lastKey = '';
  private string: string[] | null = null;

  constructor(key: string | null) {
    this.key = key;
  }

  *push(text: string): Generator<string> {
    let from = 0;
    for (let at = 0; at < text.length; at++) {
      const character = text[at]!;
      if (this.inString) {
        if (this.escaped) this.escaped = false;
        else if (character === '\\') this.escaped = true;
        else if (character === '"') this.inString = false;
        if (!this.inArray) this.outside(character);
        continue;
      }
      if (character === '"') {
        this.inString = true;
        if (!this.inArray) this.string = [];
      } else if (character === '{' || character === '[') {
        this.depth++;
        if (!this.inArray && character === '[' && this.isTheArray()) {
          this.inArray = true;
          from = at + 1;
          continue;
        }
      } else if (character === '}' || character === ']') {
        this.depth--;
        if (this.inArray && this.depth < this.arrayDepth) {
          yield* this.finish(text.slice(from, at));
          this.inArray = false;
          this.ended = true;
        }
      } else if (character === ',' && this.inArray && this.depth === this.arrayDepth) {
        yield* this.finish(text.slice(from, at));
        from = at + 1;
      }
      if (!this.inArray) this.outside(character);
    }
    if (this.inArray) this.element.push(text.slice(from));
  }

  /** What the document's end leaves of an element that was not closed. */
  *end(): Generator<string> {
    if (this.inArray) yield* this.finish('');
  }

  private get arrayDepth(): number {
    return this.key === null ? 1 : 2;
  }

  private isTheArray(): boolean {
    return !this.ended && this.depth === this.arrayDepth && (this.key === null || this.lastKey === this.key);
  }

  private outside(character: string): void {
    if (this.around.length < 100_000) this.around += character;
    if (this.inString) this.string?.push(character);
    else if (character === '"' && this.string && this.string.length > 0) {
      this.lastKey = this.string.join('').slice(1);
      this.string = [];
    }
  }

  private *finish(rest: string): Generator<string> {
    const text = [...this.element, rest].join('').trim();
    this.element = [];
    if (text === '') return;
    this.elements++;
    // Line ends stand between values only: inside of texts JSON escapes them.
    yield `${text.replaceAll(/[\r\n]+/g, ' ')}\n`;
  }
}

/**
 * Writes the rows of a JSON document one a line to `target`, whatever the document's size. Returns what a person
 * should know of it. Throws `UnreadableFile` where there are none.
 */
export async function writeJsonLines(path: string, { key }: JsonArray, target: string): Promise<string[]> {
  const cutter = new ElementCutter(key);
  const decoder = new TextDecoder('utf-8');
  const output = createWriteStream(target, { highWaterMark: 1 << 20 });
  const write = async (elements: Iterable<string>) => {
    if (!output.write([...elements].join(''))) await once(output, 'drain');
  };
  for await (const block of createReadStream(path, { highWaterMark: 1 << 20 }))
    await write(cutter.push(decoder.decode(block as Buffer, { stream: true })));
  await write(cutter.push(decoder.decode()));
  await write(cutter.end());
  output.end();
  await once(output, 'close');
  if (cutter.elements === 0) throw new UnreadableFile(path, 'There is no row in this JSON document.');
  const found = ['A JSON array has no lines: its records are counted from 1.'];
  if (key !== null) found.push(`The rows are those of "${key}".`);
  if (!cutter.ended) found.push('The JSON document is cut off: its array is not closed.');
  if (MORE.test(cutter.around)) found.push('The document says there is more: it is one page of several.');
  return found;
}
