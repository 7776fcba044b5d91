import type { RowAside } from './asides.ts';
import { grownTable } from './grownTable.ts';
import { misfitHeader } from './headerMisfit.ts';
import { namesColumns } from './namesColumns.ts';
import type { RawRecord } from './records.ts';
import { tableAbove } from './tableAbove.ts';

/** Where the table begins and what its columns are called. */
export interface Header {
  /** Index of the header's first line among the records given; -1 where there is none. */
  index: number;
  /** Index of the first record after header and preamble. */
  firstData: number;
  /** The header's lines as in the file, one text a column; no line where there is no header. */
  lines: string[][];
  /** The columns' names: every one there, every one different. */
  columns: string[];
  /** Lines above the header that are records of another table. */
  rejected: RowAside[];
  oddities: string[];
}

const isFilled = (text: string) => text.trim() !== '';
const filledShare = (fields: string[]) => fields.filter(isFilled).length / fields.length;
const sameCells = (a: string[], b: string[]) =>
  a.every((cell, index) => cell.trim() === (b[index] ?? '').trim());

/** Records looked at below a header to tell it from data. */
const COMPARED_RECORDS = 200;

/**
 * Finds the header among the first records of a table `width` fields wide: the first full record that names its
 * columns rather than filling them. What stands above it is the preamble and is named in the oddities.
 */
export function findHeader(records: RawRecord[], width: number): Header {
  const first = firstTableRecord(records, width);
  const oddities: string[] = [];
  const rejected: RowAside[] = [];
  if (first < 0) {
    oddities.push('There is nothing in the file.');
    return { index: -1, firstData: 0, lines: [], columns: columnNames([], width, []), rejected, oddities };
  }
  const note = (until: number) => {
    const above = records.slice(0, until);
    const other = tableAbove(above);
    if (other) {
      oddities.push(other.oddity);
      rejected.push(...other.rejected);
    }
    for (const { line, text } of other?.preamble ?? above)
      oddities.push(`Line ${line} stands above the table: ${text.trim()}`);
  };
  const wide = (from: number) => records.slice(from).filter((record) => record.fields.length === width);
  const above = records[first - 1];
  const misfit = above ? misfitHeader(above, wide(first), width) : null;
  if (misfit) {
    note(first - 1);
    if (misfit.oddity) oddities.push(misfit.oddity);
    const columns = columnNames(misfit.texts, width, oddities);
    const lines = misfit.texts.length > 0 ? [misfit.texts] : [];
    return { index: first - 1, firstData: first, lines, columns, rejected, oddities };
  }
  const cells = records[first]?.fields ?? [];
  // In a table of one column a quote that nothing closes may have run over what is below it.
  const isUnsure = width === 1 && records[first]?.state !== 'whole';
  const grown = isUnsure ? null : grownTable(records, width);
  if (grown?.isAtEnd) {
    const { header, widerFrom } = grown;
    oddities.push(
      `The header on line ${header.line} names ${header.fields.length} columns, and from line ${widerFrom} on most lines have ${width}: those behind have no name.`,
    );
    const names = [...header.fields, ...Array<string>(width - header.fields.length).fill('')];
    return {
      index: 0,
      firstData: 1,
      lines: [names],
      columns: columnNames(names, width, oddities),
      rejected,
      oddities,
    };
  }
  if (isUnsure || !namesColumns(cells, withoutRepeats(cells, wide(first + 1).slice(0, COMPARED_RECORDS)))) {
    oddities.push('There is no header line: the columns are numbered.');
    // Without a header nothing tells a title from a record, so every line is judged as one.
    return {
      index: -1,
      firstData: 0,
      lines: [],
      columns: columnNames([], width, oddities),
      rejected,
      oddities,
    };
  }
  note(first);
  const lines = [cells];
  let firstData = first + 1;
  for (let next = records[firstData]; next && isAgain(next, cells); next = records[++firstData]) {
    oddities.push(`The header stands once more on line ${next.line}.`);
    lines.push(next.fields);
  }
  return { index: first, firstData, lines, columns: columnNames(cells, width, oddities), rejected, oddities };
}

const isAgain = ({ fields }: RawRecord, cells: string[]) =>
  fields.length === cells.length && sameCells(fields, cells);

/** First record as wide as the table that isn't a title padded with empty fields. */
function firstTableRecord(records: RawRecord[], width: number): number {
  const full = ({ fields }: RawRecord) =>
    fields.length === width && (width < 3 || filledShare(fields) >= 0.5);
  const found = records.findIndex(full);
  return found >= 0 ? found : records.findIndex(({ fields }) => fields.length === width);
}

/**
 * The records without copies of the line that may be the header: one that stands on every page says nothing about the
 * columns. Where other records come as often, it is one of them, and nothing is left out.
 */
function withoutRepeats(cells: string[], data: RawRecord[]): RawRecord[] {
  const others = data.filter((record) => !isAgain(record, cells));
  const copies = data.length - others.length;
  if (copies === 0 || others.length === 0 || cells.length < 2) return data;
  const counts = new Map<string, number>();
  for (const { text } of others) counts.set(text, (counts.get(text) ?? 0) + 1);
  return Math.max(...counts.values()) <= copies ? others : data;
}

/** Gives every column a name of its own and says where the file's own would not do. */
function columnNames(texts: string[], width: number, oddities: string[]): string[] {
  const taken = new Set<string>();
  return Array.from({ length: width }, (_, index) => {
    const text = (texts[index] ?? '').trim();
    if (texts.length > 0 && text === '') oddities.push(`Column ${index + 1} has no name in the header.`);
    const base = text === '' ? `column_${index + 1}` : text;
    let name = base;
    for (let copy = 2; taken.has(name); copy++) name = `${base}_${copy}`;
    if (name !== base)
      oddities.push(`The header names "${base}" more than once: column ${index + 1} is read as "${name}".`);
    taken.add(name);
    return name;
  });
}
