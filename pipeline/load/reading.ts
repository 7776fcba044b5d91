import { readFileSync } from 'node:fs';
import { quotedString, type DuckDBConnection } from '@duckdb/node-api';

/** Makes a connection ready to read cells: the macros of reading.sql, and the zone in which days begin. */
export async function prepareReading(connection: DuckDBConnection, timeZone: string): Promise<void> {
  await connection.run(`set time zone 'UTC'`);
  await connection.run(`set variable time_zone = ${quotedString(timeZone)}`);
  await connection.run(readFileSync(new URL('./reading.sql', import.meta.url), 'utf8'));
}
