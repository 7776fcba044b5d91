import { cellKind, isTyped } from './cellKind.ts';
import type { FieldMarks } from './dialect.ts';
import type { RawRecord } from './records.ts';

const looksTyped = (text: string) => isTyped(cellKind(text.trim()));

/** Words in the name of a column at most, where a title would do as well. */
const WORDS_OF_A_NAME = 2;

const LONGEST_NAME = 40;

/** Whether the first line is cut nowhere, and could be the name of a column. */
function isName(record: RawRecord | undefined): boolean {
  const text = record?.text.trim() ?? '';
  const isOne = record?.fields.length === 1 && text !== '' && !/["',;\t|#]/.test(text);
  return isOne && text.length <= LONGEST_NAME && !looksTyped(text);
}

const isShort = ({ text }: RawRecord) => text.trim().split(/\s+/).length <= WORDS_OF_A_NAME;

/** Whether a record was cut in two and nothing in it was quoted. */
const isPair = ({ fields, text, state }: RawRecord) =>
  state === 'whole' && fields.length === 2 && !/["'\n]/.test(text);

/**
 * Whether what looks like a delimiter belongs to the values of a single column: the first line is its name and has none,
 * and each line below is one number, date or time (1,5 and 1.234,50 €), or two words with a blank between them (Doe,
 * Jane).
 */
export function cutsValues(records: RawRecord[], { delimiter }: FieldMarks): boolean {
  const [first, ...below] = records;
  if (delimiter === ' ') return cutsWords(records);
  if (!first || below.length === 0 || !isName(first)) return false;
  if (below.every(({ text }) => looksTyped(text))) return true;
  if (delimiter.trim() !== ',' && delimiter.trim() !== ';') return false;
  const isSpoken = delimiter.endsWith(' ') || below.every(({ fields }) => fields[1]?.startsWith(' '));
  return isSpoken && isShort(first) && below.every(isPair);
}

/** Blanks cut tables that hold something else than words, or more than two of them. */
const cutsWords = (records: RawRecord[]) =>
  records.every((record) => record.fields.length <= 2 && !record.text.includes('"')) &&
  (records.every(({ fields }) => !fields.some(looksTyped)) ||
    records.every(({ text }, index) => (index === 0 ? !looksTyped(text) : looksTyped(text))));

const QUOTED_LINES =
  'Only one column was found, although its lines hold delimiters: each is in quotes as a whole. Export it again without them.';

const FIXED_WIDTHS =
  'Only one column was found: its lines look like columns of fixed widths, which can’t be told apart. Export it as CSV.';

/** What is odd about a file of one column whose name and most cells look like several columns. */
export function oddityOfOne(records: RawRecord[]): string | null {
  const most = (isSo: (record: RawRecord) => boolean) =>
    records.length > 1 && records.filter(isSo).length > records.length / 2;
  const holds = (mark: RegExp) => (record: RawRecord | undefined) => mark.test(record?.fields[0] ?? '');
  const delimited = holds(/[,;\t|]/);
  if (delimited(records[0]) && most((record) => delimited(record) && record.text.startsWith('"')))
    return QUOTED_LINES;
  const spaced = holds(/\S {2,}\S/);
  return spaced(records[0]) && most(spaced) ? FIXED_WIDTHS : null;
}

/** Marks that stand between the parts of a value as well: tags, names, places. */
const IN_VALUES = [',', ';', '|'];

/**
 * Whether the first line may as well be the name of a single column as a title above two: nothing but words in pairs
 * stands below it, right away.
 */
export function isNameOrTitle(records: RawRecord[], { delimiter }: FieldMarks, width: number): boolean {
  const [first, ...below] = records;
  if (width !== 2 || !IN_VALUES.includes(delimiter)) return false;
  if (!first || !isName(first) || !isShort(first) || below.length < 2) return false;
  const isClose = below[0]?.line === first.line + 1;
  return isClose && below.every((record) => isPair(record) && !record.fields.some(looksTyped));
}
