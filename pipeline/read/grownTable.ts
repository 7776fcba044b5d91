import { columnShapes, fitsClosely, fitsTelling, isTelling, type ColumnShape } from './columnShapes.ts';
import { namesColumns } from './namesColumns.ts';
import type { RawRecord } from './records.ts';

/** A header and records as wide as it, above most others with more columns. */
export interface GrownTable {
  header: RawRecord;
  /** Line of the first wider record. */
  widerFrom: number;
  /** Whether the columns more are empty, or the cells show that they stand behind those with a name. */
  isAtEnd: boolean;
}

/**
 * Finds a table that got more columns on its way, as a log does when its program learns to write another one. Null where
 * the first line is no header, or no record below is as wide as it is.
 */
export function grownTable(records: RawRecord[], width: number): GrownTable | null {
  const [header, ...below] = records;
  const named = header?.fields.length ?? 0;
  const until = below.findIndex(({ fields }) => fields.length !== named);
  const first = below[until];
  if (!header || named < 2 || named >= width || until < 1 || first?.fields.length !== width) return null;
  const wider = below.slice(until).filter(({ fields }) => fields.length === width);
  const narrow = below.slice(0, until);
  if (!namesColumns(header.fields, [...narrow, ...wider])) return null;
  const shapes = columnShapes(wider, width);
  const padding = Array<string>(width - named).fill('');
  const fits = narrow.every(({ fields }) => fitsTelling([...fields, ...padding], shapes));
  const isEmpty = wider.every(({ fields }) => !fields.slice(named).some((text) => text.trim() !== ''));
  const lasts = narrow.map(({ fields }) => fields[named - 1] ?? '');
  return {
    header,
    widerFrom: first.line,
    isAtEnd: isEmpty || (fits && isLast(lasts, shapes[named - 1], shapes[named])),
  };
}

/** Whether the last cells of the shorter records show that they are of this column and not of the next. */
function isLast(cells: string[], column: ColumnShape | undefined, next: ColumnShape | undefined): boolean {
  if (!column) return false;
  const isPatterned = column.masks !== null && cells.every((text) => fitsClosely(text, column));
  return isTelling(column) || (isPatterned && !cells.every((text) => fitsClosely(text, next)));
}
