import type { FieldMarks, Newline } from './dialect.ts';
import { cutLines } from './lines.ts';

export const USUAL_DELIMITERS = [',', ';', '\t', '|'];
const RARE_DELIMITERS = [
  ', ',
  '; ',
  ' | ',
  '||',
  '::',
  '\x01',
  '\x1e',
  '\x1f',
  '\x07',
  '^',
  '~',
  ':',
  '¬',
  '§',
  '¦',
  ' ',
];

/** What a one-column file is cut with: a mark that occurs in no text. */
const NO_DELIMITER = '\x1f';

/** Marks that texts are full of, and that none of them is cut by. */
const IN_TEXTS = /[\p{L}\p{M}\p{N}\s"'`.\-_/\\()[\]{}<>@&+%$€£#!?*=,;:|\ufffd]/u;

/** Marks of several characters by which files are cut. */
const LONG_MARKS = /[|;,~^#@<>:&+$%\t]{2,5}/g;

/** A mark that isn't usual but stands equally often, at least once, on each of the first lines. */
function oddDelimiters(text: string, newline: Newline): string[] {
  const lines = cutLines(text.slice(0, 8_000), newline).map((line) => line.text);
  const some = lines.slice(0, Math.min(20, lines.length - 1)).filter((line) => line !== '');
  const [first = ''] = some;
  if (some.length < 3) return [];
  const marks = new Set([...first].filter((character) => !IN_TEXTS.test(character)));
  for (const [run] of first.matchAll(LONG_MARKS)) marks.add(run);
  const count = (line: string, mark: string) => line.split(mark).length;
  return [...marks].filter((mark) => some.every((line) => count(line, mark) === count(first, mark)));
}

/** Delimiters that occur in the text, quotes that open or close a field somewhere, and what may escape them. */
export function candidates(text: string, newline: Newline): FieldMarks[] {
  const known = [...USUAL_DELIMITERS, ...RARE_DELIMITERS].filter((delimiter) => text.includes(delimiter));
  const found = [...new Set([...known, ...oddDelimiters(text, newline)])];
  // A mark that stands nowhere but inside of a longer one is a part of it.
  const isTold = cutLines(text.slice(0, 8_000), newline).length >= 3;
  const delimiters = found.filter(
    (mark) =>
      !isTold ||
      !found.some(
        (long) =>
          long.length > mark.length &&
          !long.includes(' ') &&
          long.includes(mark) &&
          !text.replaceAll(long, '').includes(mark),
      ),
  );
  if (!delimiters.includes(NO_DELIMITER)) delimiters.push(NO_DELIMITER);
  return delimiters.flatMap((delimiter) => {
    const quotes = ['"', "'"].filter((quote) => opensFields(text, delimiter, quote));
    // Apostrophes may stand in texts only: that nothing is quoted is always one of the readings.
    if (!quotes.includes('"')) quotes.unshift('"');
    return quotes.flatMap((quote) => escapesOf(text, quote).map((escape) => ({ delimiter, quote, escape })));
  });
}

function escapesOf(text: string, quote: string): string[] {
  if (!text.includes(quote)) return [quote];
  // Text quoted with apostrophes may still double the quotation marks in it.
  if (quote === "'" && text.includes('""') && !text.includes("''")) return ['"'];
  return text.includes(`\\${quote}`) ? [quote, '\\', ''] : [quote, ''];
}

/** Apostrophes begin words too, so as quotes they must open fields again and again. */
function opensFields(text: string, delimiter: string, quote: string): boolean {
  const openings = [delimiter, '\n', '\r'].map((before) => text.split(before + quote).length - 1);
  const count = openings.reduce((sum, some) => sum + some, text.startsWith(quote) ? 1 : 0);
  return quote === "'" ? count > 2 && count > text.split(/\r\n|\n|\r/).length * 0.1 : count > 0;
}
