import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { runChecks, type CheckResult } from '../checks/runChecks.ts';
import { defaults, type Configuration } from '../configuration/configuration.ts';
import { Problem } from '../problem.ts';
import { keptBuilds } from './keptBuilds.ts';

export interface PublishedFile {
  path: string;
  recognised_as: string;
  exported_at: string;
  rows_in: number;
  rows_loaded: number;
  rows_rejected: number;
  rows_set_aside: number;
}

export interface Status {
  build_id: string;
  built_at: string;
  data_on: string;
  currency: string;
  time_zone: string;
  product_version: string;
  files: PublishedFile[];
  deals: number;
  deal_lines: number;
  checks: Pick<CheckResult, 'id' | 'severity' | 'passed' | 'detail'>[];
  coverage: { list_price: number | null };
  earlier_builds: number;
}

export type Build = Pick<
  Status,
  'build_id' | 'built_at' | 'data_on' | 'currency' | 'time_zone' | 'product_version'
>;

/** A published warehouse, open to look at and not to change. */
export interface Published {
  build(): Promise<Build>;
  checks(): Promise<CheckResult[]>;
  status(): Promise<Status>;
  /** The settings that the build was made with. */
  configuration(): Promise<Configuration>;
}

async function rows<Row>(connection: DuckDBConnection, sql: string): Promise<Row[]> {
  const reader = await connection.runAndReadAll(sql);
  return reader.getRowObjectsJson() as Row[];
}

async function buildOf(connection: DuckDBConnection): Promise<Build> {
  const [build] = await rows<Build>(
    connection,
    `select build_id, strftime(built_at, '%Y-%m-%dT%H:%M:%SZ') as built_at, data_on, currency, time_zone, product_version
     from meta.build`,
  );
  return build!;
}

/** Share of net of won deals whose list price is known, 0 to 1; null where nothing is won. */
export async function listCoverage(connection: DuckDBConnection): Promise<number | null> {
  const [found] = await rows<{ share: number | null }>(
    connection,
    `select sum(net_amount_base) filter (list_amount is not null)::double / nullif(sum(net_amount_base), 0)::double as share
     from marts.fact_deal_line where is_won`,
  );
  return found?.share ?? null;
}

async function statusOf(connection: DuckDBConnection, out: string): Promise<Status> {
  const counted = ['in', 'loaded', 'rejected', 'set_aside'].map(
    (part) => `rows_${part}::double as rows_${part}`,
  );
  const files = await rows<PublishedFile>(
    connection,
    `select path, recognised_as, strftime(exported_at, '%Y-%m-%dT%H:%M:%SZ') as exported_at, ${counted.join(', ')}
     from raw.source_file order by path, exported_at`,
  );
  const [facts] = await rows<{ deals: number; deal_lines: number }>(
    connection,
    `select (select count(*) from marts.fact_deal)::double as deals,
       (select count(*) from marts.fact_deal_line)::double as deal_lines`,
  );
  return {
    ...(await buildOf(connection)),
    files,
    ...facts!,
    checks: await rows(connection, 'select id, severity, passed, detail from meta.check_result'),
    coverage: { list_price: await listCoverage(connection) },
    earlier_builds: keptBuilds(resolve(out)).length,
  };
}

async function settingsOf(connection: DuckDBConnection): Promise<Configuration> {
  const [build] = await rows<{ configuration: string }>(connection, 'select configuration from meta.build');
  // Settings that came with a later version of the product were not known to the build.
  return { ...defaults, ...(JSON.parse(build!.configuration) as Partial<Configuration>) };
}

/** The settings that a published build was made with. Throws a Problem where there is none to open. */
export const configurationOf = (out: string): Promise<Configuration> =>
  withPublished(out, (published) => published.configuration());

/** Opens the published warehouse for one piece of work. Throws a Problem where there is none to open. */
export async function withPublished<Result>(
  out: string,
  work: (published: Published) => Promise<Result>,
): Promise<Result> {
  if (!existsSync(out))
    throw new Problem('There is no warehouse here yet.', 'Make one with: holdfast load FOLDER --out FILE.', {
      file: out,
    });
  let instance: DuckDBInstance;
  try {
    instance = await DuckDBInstance.create(resolve(out), { access_mode: 'READ_ONLY' });
  } catch (error) {
    const [said] = (error as Error).message.split('\n');
    throw new Problem(
      `This warehouse can't be opened: ${said}.`,
      'Load again, or go back with holdfast rollback.',
      { file: out },
    );
  }
  const connection = await instance.connect();
  try {
    return await work({
      build: () => buildOf(connection),
      checks: () => runChecks([connection]),
      status: () => statusOf(connection, out),
      configuration: () => settingsOf(connection),
    });
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
