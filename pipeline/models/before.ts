import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import type { CheckResult } from '../checks/runChecks.ts';
import { rulesMark, type Mark } from './marks.ts';

/** What the build that a new one goes on from came to. */
export interface Before {
  marks: ReadonlyMap<string, Mark>;
  checks: ReadonlyMap<string, CheckResult>;
  /** Rows of meta.coverage by table. */
  coverage: ReadonlyMap<string, CoverageRow[]>;
  /** Tables of `latest` that were more than a look at the rows of `raw`. */
  kept: ReadonlySet<string>;
}

export type CoverageRow = [
  table: string,
  column: string,
  rows: number,
  known: number,
  unlocks: string | null,
];

export const nothingBefore: Before = {
  ...{ marks: new Map(), checks: new Map(), coverage: new Map() },
  kept: new Set(),
};

/** One row per file that the build before counted (source_file_id), with what was said of it then. */
export const COUNTED_BEFORE = 'counted_before';

/** Of each file what its rows are taken to mean by. */
export const saidOfFiles = `select source_file_id, row(path, recognised_as, exported_at, also_exported_at, loaded_at, reading)::varchar as said
  from raw.source_file`;

async function rowsOf<Row>(connection: DuckDBConnection, sql: string): Promise<Row[]> {
  return (await connection.runAndReadAll(sql)).getRowObjectsJson() as Row[];
}

/** Whether a published build was made by today's rules, so that a new one can go on from a copy of it. */
export async function isByTheseRules(published: string, methods: readonly string[]): Promise<boolean> {
  const instance = await DuckDBInstance.create(published, { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  try {
    const known = await rowsOf(
      connection,
      `select 1 from information_schema.tables where table_schema = 'meta' and table_name = 'model'`,
    );
    if (known.length === 0) return false;
    const [rules] = await rowsOf<{ made_from: Mark }>(
      connection,
      `select made_from from meta.model where name = 'rules'`,
    );
    return rules?.made_from === rulesMark(methods);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Takes from a copy of a build what the next one may keep of it, and clears away what every build makes anew. */
export async function goOnFrom(connection: DuckDBConnection): Promise<Before> {
  const models = await rowsOf<{ name: string; made_from: Mark }>(connection, 'from meta.model');
  const checks = await rowsOf<CheckResult & { rows: string }>(
    connection,
    'select id, severity, passed, what, detail, rows::varchar as rows from meta.check_result',
  );
  const covered = await rowsOf<Record<string, string | null>>(
    connection,
    'select table_name, column_name, rows::varchar as rows, known::varchar as known, unlocks from meta.coverage',
  );
  const coverage = new Map<string, CoverageRow[]>();
  for (const { table_name: table, column_name: column, rows, known, unlocks } of covered) {
    const row: CoverageRow = [table!, column!, Number(rows), Number(known), unlocks ?? null];
    coverage.set(table!, [...(coverage.get(table!) ?? []), row]);
  }
  const kept = await rowsOf<{ name: string }>(
    connection,
    `select table_name as name from duckdb_tables()
     where database_name = current_database() and schema_name = 'latest'`,
  );
  await connection.run(
    `create temp table ${COUNTED_BEFORE} as
     select * from (${saidOfFiles}) where source_file_id in (select source_file_id from latest.export)`,
  );
  for (const schema of ['meta', 'latest']) await connection.run(`drop schema ${schema} cascade`);
  const views = await rowsOf<{ name: string }>(
    connection,
    `select format('{}."{}"', schema_name, view_name) as name from duckdb_views()
     where database_name = current_database() and schema_name in ('core', 'marts')`,
  );
  for (const { name } of views) await connection.run(`drop view ${name}`);
  return {
    marks: new Map(models.map(({ name, made_from }) => [name, made_from])),
    checks: new Map(
      checks.map((check) => [check.id, { ...check, rows: JSON.parse(check.rows) as CheckResult['rows'] }]),
    ),
    coverage,
    kept: new Set(kept.map(({ name }) => name)),
  };
}
