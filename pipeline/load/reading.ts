import { readFileSync } from 'node:fs';
import { quotedString, type DuckDBConnection } from '@duckdb/node-api';
import { arithmetic } from '../models/statements.ts';

/** Makes a connection ready to read cells: the macros of reading*.sql, and the zone in which days begin. */
export async function prepareReading(connection: DuckDBConnection, timeZone: string): Promise<void> {
  await connection.run(`set time zone 'UTC'`);
  // DuckDB turns a list of five or more words to compare with into a join, and a join does not keep the file's
  // order, by which rows know their line (duckdb/duckdb#24398).
  await connection.run(`set disabled_optimizers = 'in_clause'`);
  await connection.run(`set variable time_zone = ${quotedString(timeZone)}`);
  await connection.run(arithmetic);
  for (const macros of ['./reading.sql', './readingWithCare.sql', './readingNested.sql'])
    await connection.run(readFileSync(new URL(macros, import.meta.url), 'utf8'));
}
