import { format, UNKNOWN, type Amount, type Unit } from './formats.ts';

export interface Column {
  id: string;
  label: string;
  /** How its cells are written; text is what no unit is given for. */
  unit?: Unit;
  /** Writes the plus as well; for differences. */
  signed?: boolean;
  /** Draws a bar of the value's share of the column's largest beside it. */
  bar?: boolean;
  /** False where a sort makes no sense. */
  sortable?: boolean;
  /** On a phone: the one figure that stands beside the row's name, a line of its own, or left out. */
  phone?: 'figure' | 'line' | 'hide';
  /** Its label where it stands without the columns beside it, as on a phone. */
  alone?: string;
  /** Keeps cells and their notes on one line where a screen has room for it. */
  oneLine?: boolean;
}

export interface Row {
  /** Unlike any other row's. */
  key: string;
  cells: Record<string, Amount | null>;
  /** Where the row's name leads. */
  href?: string;
  /** Where single cells lead, by column. */
  links?: Record<string, string>;
  /** Columns whose cell someone should act on. */
  alarm?: string[];
  /** Too small to be compared: grey. */
  faint?: boolean;
  /** What else there is to say of a cell, such as why it is not known, by column. */
  notes?: Record<string, string>;
}

export interface Sort {
  column: string;
  descending: boolean;
}

const numeric = new Set<Unit>(['money', 'cents', 'rate', 'points', 'count', 'number', 'tenths', 'days']);

export const isNumeric = ({ unit = 'text' }: Column): boolean => numeric.has(unit);

/** The cell's text; its unit stands in the column's head. */
export function cellText({ unit = 'text', signed, id }: Column, { cells }: Row): string {
  const value = cells[id] ?? null;
  return value === null ? UNKNOWN : format(value, unit, { bare: true, signed });
}

/** What the head says of its unit, once: `USD`, `pts`, `days`. */
export function headUnit({ unit }: Column, currency: string | undefined): string | undefined {
  if (unit === 'money' || unit === 'cents') return currency;
  return { points: 'pts', days: 'days' }[unit as string];
}

/** Share of the bar from 0 to 1, by the largest magnitude in the column; 0 where there is none. */
export function barShare(column: Column, row: Row, rows: Row[]): number {
  const size = ({ cells }: Row) => Math.abs(Number(cells[column.id] ?? 0));
  const largest = Math.max(0, ...rows.map(size));
  return largest === 0 ? 0 : size(row) / largest;
}

/** The rows in the order asked for; what is not known comes last either way. */
export function sorted(rows: readonly Row[], { column, descending }: Sort): Row[] {
  const direction = descending ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [x, y] = [a.cells[column] ?? null, b.cells[column] ?? null];
    if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1;
    return direction * (typeof x === 'string' ? x.localeCompare(String(y), 'en') : Number(x) - Number(y));
  });
}

/** Reads `discount` as ascending and `-discount` as descending; null where the text names no column. */
export function readSort(text: string | null, columns: Pick<Column, 'id'>[]): Sort | null {
  const column = text?.replace(/^-/, '');
  if (!text || !columns.some(({ id }) => id === column)) return null;
  return { column: column!, descending: text.startsWith('-') };
}

/**
 * The address with the table sorted by `column`: numbers begin with the largest, text with A, and a second
 * time turns it round. The default sort is left out of the address, and so is the place in a longer list.
 */
export function sortHref(
  url: URL,
  param: string,
  column: Column,
  now: Sort | null,
  standard: Sort | null,
): string {
  const descending = now?.column === column.id ? !now.descending : isNumeric(column);
  const search = new URLSearchParams(url.searchParams);
  const isStandard = standard?.column === column.id && standard.descending === descending;
  if (isStandard) search.delete(param);
  else search.set(param, `${descending ? '-' : ''}${column.id}`);
  search.delete('page');
  return search.size === 0 ? url.pathname : `${url.pathname}?${search}`;
}
