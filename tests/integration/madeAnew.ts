import { copyFileSync, rmSync } from 'node:fs';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { expect } from 'vitest';
import { build } from '../../pipeline/build.ts';

/** Asks a warehouse. */
export async function using<Result>(path: string, ask: (connection: DuckDBConnection) => Promise<Result>) {
  // Many small questions: by one thread they take two thirds of the time.
  const instance = await DuckDBInstance.create(path, { threads: '1' });
  const connection = await instance.connect();
  try {
    return await ask(connection);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Loads paths into a warehouse, which has to be published. Returns the report and what was made. */
export async function load(paths: string[], into: string, exportedAt?: string) {
  const made: string[] = [];
  const onProgress = (step: string) => void made.push(step.replace(/^building /, ''));
  const report = await build({
    paths,
    out: into,
    exportedAt,
    metrics: [],
    productVersion: 'test',
    onProgress,
  });
  expect(report.problems).toEqual([]);
  return { ...report, made };
}

/** Every table of a build with a fingerprint of its rows as text, in any order, apart from when and by what name it was built. */
export const fingerprints = (path: string) =>
  using(path, async (connection) => {
    const named = await connection.runAndReadAll(
      `select format('{}."{}"', table_schema, table_name) from information_schema.tables
       where table_schema in ('raw', 'latest', 'core', 'marts', 'meta') order by all`,
    );
    const found: Record<string, string> = {};
    for (const [cell] of named.getRows()) {
      const table = String(cell);
      if (['meta."build"', 'meta."model"'].includes(table)) continue;
      // Of the rows that break a check, some are kept, in any order.
      const told = table === 'meta."check_result"' ? `(select id, passed, detail from ${table})` : table;
      const rows = await connection.runAndReadAll(
        `select count(*) || ' ' || coalesce(sum(hash(row::varchar)), 0) from ${told} row`,
      );
      found[table] = String(rows.getRows()[0]?.[0]);
    }
    return found;
  });

/** The same warehouse with every model made anew from its raw rows. */
export async function madeAnew(path: string): Promise<Record<string, string>> {
  const copy = `${path}.anew`;
  rmSync(copy, { force: true });
  copyFileSync(path, copy);
  await using(copy, (connection) => connection.run(`delete from meta.model`));
  const { made } = await load([], copy);
  expect(made).toContain('core.line_at_close');
  return fingerprints(copy);
}
