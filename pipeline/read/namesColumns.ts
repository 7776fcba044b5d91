import { cellKind, isTyped } from './cellKind.ts';
import type { RawRecord } from './records.ts';

const isFilled = (text: string) => text.trim() !== '';
const isYear = (text: string) => /^(?:19|20)\d\d$/.test(text.trim());

/** Tells names from values by what stands below them: names are text where the column holds numbers or dates. */
export function namesColumns(cells: string[], data: RawRecord[]): boolean {
  let names = 0;
  let values = 0;
  cells.forEach((raw, column) => {
    const cell = raw.trim();
    if (cell === '') return;
    const below = data.map((record) => (record.fields[column] ?? '').trim()).filter(isFilled);
    const typed = below.filter((text) => isTyped(cellKind(text))).length;
    const mostlyTyped = below.length > 0 && typed > below.length / 2;
    if (isYear(cell) && mostlyTyped && !below.every(isYear)) names++;
    else if (cellKind(cell) === 'date' && mostlyNumbers(below)) names++;
    else if (isTyped(cellKind(cell))) values++;
    else if (mostlyTyped) names++;
    else if (below.includes(cell)) values += 0.5;
  });
  if (names > 0 || values > 0) return names > values;
  const filled = cells.map((cell) => cell.trim()).filter(isFilled);
  const worded = filled.filter((cell) => /\p{L}/u.test(cell));
  return (
    worded.length > 0 &&
    worded.length >= filled.length / 2 &&
    isNamedTwiceOnly(cells, data) &&
    filled.every((cell) => cell.length <= 120) &&
    !beginsLikeData(cells, data)
  );
}

/**
 * Whether texts that stand twice in a line may be one name of two columns: as many texts stand once, and below them
 * the columns differ. Where those are alike as well, the line is a record like the others.
 */
function isNamedTwiceOnly(cells: string[], data: RawRecord[]): boolean {
  const places = new Map<string, number[]>();
  for (const [column, raw] of cells.entries()) {
    const cell = raw.trim();
    if (isFilled(cell)) places.set(cell, [...(places.get(cell) ?? []), column]);
  }
  const doubled = [...places.values()].filter((columns) => columns.length > 1);
  if (doubled.length === 0) return true;
  if (doubled.length > places.size - doubled.length) return false;
  const isApart = (columns: number[]) => {
    const alike = data.filter(({ fields }) => new Set(columns.map((column) => fields[column])).size === 1);
    return data.length > 0 && alike.length < data.length / 2;
  };
  return doubled.every(isApart);
}

/** Whether what stands below is numbers: days above them are the names of months or weeks. */
const mostlyNumbers = (below: string[]) =>
  below.length > 0 && below.filter((text) => cellKind(text) === 'number').length > below.length / 2;

/** Characters by which a cell may begin as those below it do. */
const BEGINNING = 3;

/** Whether each cell begins as most of those below it: one more of them rather than their name. */
function beginsLikeData(cells: string[], data: RawRecord[]): boolean {
  return cells.every((raw, column) => {
    const start = raw.trim().slice(0, BEGINNING);
    const below = data.map((record) => (record.fields[column] ?? '').trim()).filter(isFilled);
    const alike = below.filter((text) => text.startsWith(start));
    return start.length === BEGINNING && alike.length > below.length / 2;
  });
}
