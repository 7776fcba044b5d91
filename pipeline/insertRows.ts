import { quotedString, type DuckDBConnection } from '@duckdb/node-api';

type Cell = string | number | bigint | boolean | null | undefined;

/** Rows in one statement: DuckDB makes every statement safe on disk by itself, which takes a while each. */
const together = 1000;

function literal(cell: Cell): string {
  if (cell === null || cell === undefined) return 'null';
  return typeof cell === 'string' ? quotedString(cell) : String(cell);
}

/** Inserts rows, each with a cell for every column of the table in order; texts are cast to its types. */
export async function insertRows(
  connection: DuckDBConnection,
  table: string,
  rows: readonly (readonly Cell[])[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += together) {
    const values = rows.slice(from, from + together).map((row) => `(${row.map(literal).join(', ')})`);
    await connection.run(`insert into ${table} values ${values.join(', ')}`);
  }
}
