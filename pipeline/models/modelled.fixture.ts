import { DuckDBInstance, quotedIdentifier, type DuckDBConnection, type Json } from '@duckdb/node-api';
import type { Configuration } from '../configuration/configuration.ts';
import { parseConfiguration } from '../configuration/readConfiguration.ts';
import { insertRows } from '../insertRows.ts';
import { runInLanes } from '../lanes.ts';
import { createRawTables } from '../load/rawTables.ts';
import { canonicalTable } from '../schema/canonical.ts';
import { describeBuild } from './describe.ts';
import { leadingTo, readsOf } from './model.ts';
import { layGround, modelJobs, runModels, type ModelOptions } from './runModels.ts';
import { createWordTypes } from './words.ts';

type Cell = string | number | boolean | null;
export type Row = Record<string, Cell>;

/** Rows of canonical tables; `exported` says in which day's export a row stood, `line` on which line. */
export type Given = Record<string, Row[]>;

const usual = '2026-11-16';

export interface Modelled {
  connection: DuckDBConnection;
  /** Makes what the query reads, as far as it is not made yet, and answers it. */
  rows: (sql: string) => Promise<Record<string, Json>[]>;
}

const madeOfAll = /\bmeta\.(?:coverage|table_column|model)\b/;

/** Makes models when they are first asked for: most tests ask for a few. */
async function onDemand(
  connection: DuckDBConnection,
  configuration: Configuration,
): Promise<(sql: string) => Promise<void>> {
  const { models, types } = await layGround(connection, configuration, { layers: ['core', 'marts'] });
  await createWordTypes(connection, types.outdated);
  const done = new Set<string>();
  let last = Promise.resolve();
  const makeFor = async (sql: string) => {
    if (madeOfAll.test(sql)) throw new Error('Ask for all layers to have what is told of all.');
    const left = models.filter(({ name }) => !done.has(name));
    const asked = leadingTo(readsOf(sql), left);
    await runInLanes(
      modelJobs(asked, () => {}),
      [connection],
    );
    for (const { name, makes } of asked) if (!makes.startsWith('passing.')) done.add(name);
  };
  // Questions asked at once wait for each other's models.
  return (sql) => (last = last.then(() => makeFor(sql)));
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

/**
 * Builds `core` and `marts` from given rows, in memory, as of a build on `builtAt`. Without options `rows` makes what it
 * is asked for, and nothing else is there.
 */
export async function modelled(
  given: Given,
  settings = '',
  builtAt = '2026-11-21T12:00:00.000Z',
  options?: ModelOptions,
): Promise<Modelled> {
  // A few rows are quicker done by one thread than shared out.
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
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
  let make = (_: string): Promise<void> => Promise.resolve();
  if (options) await runModels(connection, configuration, () => {}, options);
  else make = await onDemand(connection, configuration);
  return {
    connection,
    rows: async (sql) => {
      await make(sql);
      return (await connection.runAndReadAll(sql)).getRowObjectsJson() as Record<string, Json>[];
    },
  };
}
