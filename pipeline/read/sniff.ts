import { candidates, USUAL_DELIMITERS } from './candidateMarks.ts';
import { cellKind, type CellKind } from './cellKind.ts';
import type { FieldMarks, Newline } from './dialect.ts';
import { splitFields } from './fields.ts';
import { cutLines } from './lines.ts';
import { cutsValues } from './oneColumn.ts';
import { mendQuotes, RecordAssembler, type RawRecord } from './records.ts';
import { withoutFoot } from './reportFoot.ts';

/** The reading of a sample that explains it best. */
export interface Sniffed extends FieldMarks {
  newline: Newline;
  /** Whether some lines end in a carriage return alone although most don't: `newline` is '\r', which cuts at both. */
  mixedEnds: boolean;
  /** Fields in most records. */
  width: number;
  /** 0 to 1: how regular the records and how plain the cells are under this reading. */
  score: number;
  /** The next best reading with another delimiter, where there is one with more than one column. */
  rival: { delimiter: string; width: number; score: number } | null;
  records: RawRecord[];
}

/** Records looked at in full: enough to see a pattern, few enough to try every reading. */
const SCORED_RECORDS = 400;

const weightOf = (delimiter: string) =>
  USUAL_DELIMITERS.includes(delimiter) ? 1 : delimiter === ' ' ? 0.4 : delimiter === ':' ? 0.3 : 0.9;

/** Line ends of a text, by what most of its lines end in. */
export function newlineOf(text: string): Newline {
  const pairs = text.split('\r\n').length - 1;
  const feeds = text.split('\n').length - 1 - pairs;
  const returns = text.split('\r').length - 1 - pairs;
  if (returns > feeds + pairs) return '\r';
  return pairs > feeds ? '\r\n' : '\n';
}

function recordsOf(text: string, marks: FieldMarks, newline: Newline, cutOff: boolean): RawRecord[] {
  const records: RawRecord[] = [];
  const assembler = new RecordAssembler(marks, null, (record) => {
    if (record.text.trim() !== '') records.push(record);
  });
  const lines = cutLines(text, newline);
  for (const line of lines) {
    assembler.push(line);
    if (records.length > SCORED_RECORDS) return records.slice(0, SCORED_RECORDS);
  }
  const complete = records.length;
  assembler.end();
  if (!cutOff || complete === 0) return records;
  // The sample's end may cut a record in half; what it leaves behind says nothing about the dialect.
  if (complete > 1) return records.slice(0, complete - 1);
  // Below a header alone it is the text of the first record, unless its lines are records as wide as the header.
  const width = records[0]?.fields.length;
  const alike = records.slice(1).filter(({ fields }) => fields.length === width).length;
  return alike < (records.length - 1) / 2 ? records.slice(0, 1) : records;
}

/** Whether a record begins as comments do. A header or an id may as well. */
export const isComment = ({ text }: RawRecord): boolean => /^\s*#/.test(text);

/** The records without comments, as long as there are others. */
function uncommented(records: RawRecord[]): RawRecord[] {
  const others = records.filter((record) => !isComment(record));
  return others.length >= 2 || others.length >= records.length / 2 ? others : records;
}

/** Records that don't begin with an empty field. */
const plainRecords = (records: RawRecord[], width: number) =>
  records.filter(({ state, fields }) => state === 'whole' && fields.length === width && fields[0] !== '')
    .length;

/** The number of fields most records have; of two equally frequent, the larger. */
export function usualWidth(records: RawRecord[]): number {
  const counts = new Map<number, number>();
  for (const { fields } of records) counts.set(fields.length, (counts.get(fields.length) ?? 0) + 1);
  let best = 1;
  for (const [width, count] of counts) {
    const most = counts.get(best) ?? 0;
    if (count > most || (count === most && width > best)) best = width;
  }
  return best;
}

const PLAINNESS: Record<CellKind, number> = {
  empty: 0.9,
  number: 1,
  date: 1,
  time: 1,
  link: 1,
  code: 1,
  words: 0.9,
  other: 0.3,
};

function plainness(records: RawRecord[], width: number): number {
  let total = 0;
  let cells = 0;
  for (const { fields } of records) {
    if (fields.length !== width) continue;
    // A quote inside a cell is more often a sign that it was cut wrongly than part of the text.
    for (const field of fields) total += PLAINNESS[cellKind(field)] * (field.includes('"') ? 0.5 : 1);
    cells += width;
  }
  return cells === 0 ? 0 : total / cells;
}

const oneColumn = (records: RawRecord[]) =>
  USUAL_DELIMITERS.some((delimiter) => records[0]?.text.includes(delimiter)) ? 0.15 : 0.25;

/** Whether most lines have the delimiter between two quoted fields, which hardly any text does by chance. */
function separatesQuotes(records: RawRecord[], { quote, delimiter }: FieldMarks): boolean {
  const between = records.filter(({ text }) => text.includes(quote + delimiter + quote));
  return between.length > records.length / 2;
}

/**
 * Whether most lines have a field that begins with an apostrophe and one behind it that ends with one: a quoted text cut
 * at the delimiters in it.
 */
function cutsApostrophes(records: RawRecord[]): boolean {
  const cut = records.filter(({ fields }) => {
    const opening = fields.findIndex((text) => /^'(?!.*'$)/s.test(text));
    return opening >= 0 && fields.slice(opening + 1).some((text) => /^[^'].*'$/s.test(text));
  });
  return cut.length > records.length / 2;
}

/**
 * Where quotes close by what follows them, a record of several lines may be a quote that was never closed: its lines
 * must be no records of their own.
 */
function isRegular({ state, fields, text }: RawRecord, marks: FieldMarks, width: number): boolean {
  if (state !== 'whole' || fields.length !== width) return false;
  if (marks.escape !== '' || !text.includes('\n')) return true;
  const [, ...below] = text.split('\n');
  return below.every((line) => splitFields(line, marks, 'plain').fields.length !== width);
}

/**
 * Whether quotes inside of quoted fields are doubled: more records show it than contradict it. Where they are, a record
 * with a quote too many is a mistake in it and says nothing about the others.
 */
function doublesQuotes(records: RawRecord[], { quote }: FieldMarks, width: number): boolean {
  const isRead = ({ state, fields }: RawRecord) => state === 'whole' && fields.length === width;
  const doubled = records.filter(
    (record) => isRead(record) && record.fields.some((cell) => cell.includes(quote)),
  );
  const torn = records.filter(({ state }) => state !== 'whole');
  return doubled.length > 0 && doubled.length >= torn.length;
}

function scoreOf(records: RawRecord[], marks: FieldMarks, width: number): number {
  const told = records.filter((record) => record.fields.length === width || !isComment(record));
  if (told.length === 0) return 0;
  const regular = told.filter((record) => isRegular(record, marks, width)).length;
  const consistency = (regular / told.length) ** 2;
  // One column is what every wrong delimiter gives, so it must be much plainer than any other reading to win.
  const columns = width === 1 ? oneColumn(records) : (width - 0.5) / width;
  // The ordinary reading wins wherever it explains the records as well as an unusual one.
  const escaping = marks.escape === marks.quote ? 1 : 0.98;
  const quoting = marks.quote === '"' ? 1 : 0.9;
  const weight = separatesQuotes(records, marks) ? 1 : weightOf(marks.delimiter);
  const cutting = marks.quote === '"' && cutsApostrophes(records) ? 0.5 : 1;
  return consistency * columns * plainness(records, width) * escaping * quoting * weight * cutting;
}

/**
 * The records with carriage returns alone taken for line ends as well; null where that leaves as many lines that are no
 * records, as it does where they stand inside of cells.
 */
function cutAtReturns(text: string, { newline, width, records, ...marks }: Sniffed, cutOff: boolean) {
  if (newline === '\r' || width < 2 || !/\r[^\r\n]/.test(text)) return null;
  const misfits = (some: RawRecord[]) =>
    some.filter(({ state, fields }) => state !== 'whole' || fields.length !== width).length;
  const cut = recordsOf(text, marks, '\r', cutOff);
  return misfits(cut) < misfits(records) ? cut : null;
}

/**
 * Reads a sample under every candidate dialect and keeps the most regular one, after the idea of van den Burg,
 * Nazabal and Sutton, "Wrangling messy CSV files by detecting row and type patterns" (2019): a pattern score of
 * the records times a type score of the cells. `cutOff` says the sample ends before the file does.
 */
export function sniff(text: string, cutOff: boolean): Sniffed {
  const newline = newlineOf(text);
  let best: Sniffed | null = null;
  const readings: { delimiter: string; width: number; score: number }[] = [];
  const doubling = new Map<string, boolean>();
  for (const marks of candidates(text, newline)) {
    const records = recordsOf(text, marks, newline, cutOff);
    const table = withoutFoot(records);
    const width = usualWidth(uncommented(table));
    // A blank cuts tables; it doesn't make one of a line of words.
    if (marks.delimiter === ' ' && width > 1 && plainRecords(records, width) < 2) continue;
    if (width > 1 && cutsValues(table, marks)) continue;
    // A delimiter with blanks around it counts only where the bare one would cut the same columns.
    const bare = readings.find((reading) => reading.delimiter === marks.delimiter.trim());
    if (bare && bare.delimiter !== marks.delimiter && bare.width !== width) continue;
    const pair = marks.delimiter + marks.quote;
    if (marks.escape === marks.quote) doubling.set(pair, doublesQuotes(records, marks, width));
    else if (marks.escape === '' && doubling.get(pair)) continue;
    const score = scoreOf(table, marks, width);
    readings.push({ delimiter: marks.delimiter, width, score });
    if (!best || score > best.score)
      best = { ...marks, newline, mixedEnds: false, width, score, rival: null, records };
  }
  if (!best) throw new Error('no candidate dialect');
  const cut = cutAtReturns(text, best, cutOff);
  if (cut) best = { ...best, newline: '\r', mixedEnds: true, records: cut };
  const { delimiter, width } = best;
  const marks = best;
  best.records = best.records.map((record) => {
    const fields = record.state === 'torn' ? mendQuotes(record.text, marks, width) : null;
    return fields ? { ...record, fields, state: 'mended' } : record;
  });
  // The same cut with and without the blanks around it is no other reading.
  const rivals = readings.filter(
    (reading) => reading.delimiter.trim() !== delimiter.trim() && reading.width > 1,
  );
  return { ...best, rival: rivals.sort((a, b) => b.score - a.score)[0] ?? null };
}
