import type { Warehouse } from '../warehouse/warehouse.ts';

export interface LoadedTable {
  table_name: string;
  rows: number;
  /** What its fields say, by column: in how many rows. */
  known: Record<string, number>;
  /** "approvals before, after and without a decision" */
  unlocks: string;
}

interface Row {
  table_name: string;
  column_name: string;
  rows: number;
  known: number;
  unlocks: string | null;
}

/** What this build knows of each canonical table, by its name. */
export function loadedTables(warehouse: Warehouse): Promise<Map<string, LoadedTable>> {
  return warehouse.remember('loaded tables', async () => {
    const rows = await warehouse.rows<Row>(
      'select table_name, column_name, rows, known, unlocks from meta.coverage',
    );
    const tables = new Map<string, LoadedTable>();
    for (const { table_name, column_name, rows: all, known, unlocks } of rows) {
      const table = tables.get(table_name) ?? { table_name, rows: all, known: {}, unlocks: unlocks ?? '' };
      table.known[column_name] = known;
      tables.set(table_name, table);
    }
    return tables;
  });
}

/** Data that a page has no use of because it isn't there, in the words of the design system's Missing. */
export interface Absent {
  what: string;
  unlocks: string;
}

/** Null where the table has rows; else what is missing and what it would show. */
export async function absent(warehouse: Warehouse, table: string, what: string): Promise<Absent | null> {
  const found = (await loadedTables(warehouse)).get(table);
  if (found && found.rows > 0) return null;
  return { what: `${what} are not loaded.`, unlocks: `They would show ${found?.unlocks ?? 'more'}.` };
}
