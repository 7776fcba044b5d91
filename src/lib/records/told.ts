import type { Column, Row } from '../design/table.ts';

/** The columns of which at least one row says something; the first names the rows and always stays. */
export function told(columns: Column[], rows: Row[]): Column[] {
  return columns.filter(({ id }, at) => at === 0 || rows.some(({ cells }) => (cells[id] ?? null) !== null));
}
