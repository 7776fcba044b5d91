import { cellKind, isTyped } from './cellKind.ts';
import type { RawRecord } from './records.ts';

/** Where the table begins and what its columns are called. */
export interface Header {
  /** Index of the header among the records given; -1 where there is none. */
  index: number;
  /** Index of the first record after header and preamble. */
  firstData: number;
  /** Texts of the header's cells as in the file, one a column; empty where there is no header. */
  texts: string[];
  /** The columns' names: every one there, every one different. */
  columns: string[];
  oddities: string[];
}

const isFilled = (text: string) => text.trim() !== '';
const filledShare = (fields: string[]) => fields.filter(isFilled).length / fields.length;
const isYear = (text: string) => /^(?:19|20)\d\d$/.test(text.trim());

/** Records looked at below a header to tell it from data. */
const COMPARED_RECORDS = 200;

/**
 * Finds the header among the first records of a table `width` fields wide: the first full record that names its
 * columns rather than filling them. What stands above it is the preamble and is named in the oddities.
 */
export function findHeader(records: RawRecord[], width: number): Header {
  const first = firstTableRecord(records, width);
  if (first < 0) return { index: -1, firstData: 0, texts: [], columns: named([], width, []), oddities: [] };
  const oddities: string[] = [];
  const above = misfit(records, first, width);
  const candidate = above ?? { index: first, texts: records[first]?.fields ?? [] };
  const data = records.slice(candidate.index + 1).filter((record) => record.fields.length === width);
  const found = above !== null || namesColumns(candidate.texts, data.slice(0, COMPARED_RECORDS));
  const index = found ? candidate.index : -1;
  const firstData = found ? candidate.index + 1 : first;
  const preamble = records.slice(0, found ? index : first);
  for (const { line, text } of preamble) oddities.push(`Line ${line} stands above the table: ${text.trim()}`);
  if (!found) oddities.push('There is no header line: the columns are numbered.');
  let texts = found ? candidate.texts : [];
  if (above && texts.length !== width) {
    oddities.push(
      `The header on line ${records[index]?.line} has ${texts.length} names for ${width} columns, so it can't be said which name belongs to which: the columns are numbered. Header: ${records[index]?.text}`,
    );
    texts = [];
  }
  return { index, firstData, texts, columns: named(texts, width, oddities), oddities };
}

/** First record as wide as the table that isn't a title padded with empty fields. */
function firstTableRecord(records: RawRecord[], width: number): number {
  const wide = records.findIndex(
    ({ fields }) => fields.length === width && (width < 3 || filledShare(fields) >= 0.5),
  );
  return wide >= 0 ? wide : records.findIndex(({ fields }) => fields.length === width);
}

/** A header with more or fewer cells than the data below it; names that can be matched are. */
function misfit(
  records: RawRecord[],
  first: number,
  width: number,
): { index: number; texts: string[] } | null {
  const data = records[first];
  const header = records[first - 1];
  if (!data || !header || width < 2) return null;
  const cells = header.fields;
  if (cells.length < 2 || cells.length < width / 2 || cells.length > width * 2) return null;
  if (cells.some((cell) => isTyped(cellKind(cell.trim())))) return null;
  if (!data.fields.some((cell) => isTyped(cellKind(cell.trim())))) return null;
  const filled = cells.filter(isFilled);
  if (filled.length === width) return { index: first - 1, texts: filled };
  if (filled.length < cells.length / 2) return null;
  const rows = records.slice(first).filter((record) => record.fields.length === width);
  const spare = rows.every(({ fields }) => fields.slice(cells.length).every((cell) => !isFilled(cell)));
  if (cells.length < width && spare)
    return { index: first - 1, texts: [...cells, ...Array<string>(width - cells.length).fill('')] };
  return { index: first - 1, texts: cells };
}

function namesColumns(cells: string[], data: RawRecord[]): boolean {
  let names = 0;
  let values = 0;
  cells.forEach((raw, column) => {
    const cell = raw.trim();
    if (cell === '') return;
    const below = data.map((record) => (record.fields[column] ?? '').trim()).filter(isFilled);
    const typed = below.filter((text) => isTyped(cellKind(text))).length;
    const mostlyTyped = below.length > 0 && typed > below.length / 2;
    if (isYear(cell) && mostlyTyped && !below.every(isYear)) names++;
    else if (isTyped(cellKind(cell))) values++;
    else if (mostlyTyped) names++;
    else if (below.includes(cell)) values += 0.5;
  });
  if (names > 0 || values > 0) return names > values;
  const filled = cells.map((cell) => cell.trim()).filter(isFilled);
  const distinct = new Set(filled).size === filled.length;
  return filled.length > 0 && distinct && filled.every((cell) => cell.length <= 120);
}

/** Gives every column a name of its own and says where the file's own would not do. */
function named(texts: string[], width: number, oddities: string[]): string[] {
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
