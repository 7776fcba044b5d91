import { DuckDBInstance, quotedIdentifier, type DuckDBConnection, type Json } from '@duckdb/node-api';
import { parseConfiguration } from '../configuration/readConfiguration.ts';
import { insertRows } from '../insertRows.ts';
import { createRawTables } from '../load/rawTables.ts';
import { canonicalTable } from '../schema/canonical.ts';
import { describeBuild } from './describe.ts';
import { runModels, type ModelOptions } from './runModels.ts';

type Cell = string | number | boolean | null;
export type Row = Record<string, Cell>;

/** Rows of canonical tables; `exported` says in which day's export a row stood, `line` on which line. */
export type Given = Record<string, Row[]>;

const usual = '2026-11-16';

export interface Modelled {
  connection: DuckDBConnection;
  rows: (sql: string) => Promise<Record<string, Json>[]>;
}

async function insertFiles(connection: DuckDBConnection, given: Given): Promise<void> {
  const exported = new Set(
    Object.values(given)
      .flat()
      .map((row) => String(row.exported ?? usual)),
  );
  const files = [...exported].map((day) => [
    day,
    `${day}.csv`,
    day,
    0,
    'given',
    1,
    '{}',
    `${day} 12:00:00`,
    'file name',
    `${day} 12:00:00`,
    0,
    0,
    0,
    0,
    null,
    null,
  ]);
  await insertRows(connection, 'raw.source_file', files);
  const fed = Object.entries(given).flatMap(([table, rows], feed) =>
    [...new Set(rows.map((row) => String(row.exported ?? usual)))].map((day) => {
      const count = rows.filter((row) => String(row.exported ?? usual) === day).length;
      return [day, feed + 1, table, count, count, 0, 0, null, null, null, null, null];
    }),
  );
  await insertRows(connection, 'raw.source_file_table', fed);
}

/** Builds `core` and `marts` from given rows, in memory, as of a build on `builtAt`. */
export async function modelled(
  given: Given,
  settings = '',
  builtAt = '2026-11-21T12:00:00.000Z',
  options: ModelOptions = { layers: ['core', 'marts'] },
): Promise<Modelled> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const configuration = parseConfiguration(settings, 'holdfast.yaml');
  for (const schema of ['raw', 'meta']) await connection.run(`create schema ${schema}`);
  await createRawTables(connection);
  await insertFiles(connection, given);
  for (const [table, rows] of Object.entries(given)) {
    const columns = canonicalTable(table)?.columns.map((column) => column.name) ?? [];
    const unknown = rows.flatMap((row) =>
      Object.keys(row).filter((name) => !['exported', 'line', ...columns].includes(name)),
    );
    if (unknown.length > 0) throw new Error(`${table} has no ${unknown.join(', ')}`);
    const cells = rows.map((row, index) => [
      String(row.exported ?? usual),
      Number(row.line ?? index + 2),
      ...columns.map((name) => row[name] ?? null),
    ]);
    await insertRows(connection, `raw.${quotedIdentifier(`${table}_row`)}`, cells);
  }
  const build = { buildId: 'given', builtAt, productVersion: '0', metrics: [] };
  await describeBuild(connection, configuration, build);
  await runModels(connection, configuration, () => {}, options);
  return {
    connection,
    rows: async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJson() as Record<string, Json>[],
  };
}
