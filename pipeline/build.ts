import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { DuckDBInstance, quotedString, type DuckDBConnection } from '@duckdb/node-api';
import { keepCheckResults, runChecks, type CheckResult } from './checks/runChecks.ts';
import { defaults, type Configuration } from './configuration/configuration.ts';
import { readConfiguration } from './configuration/readConfiguration.ts';
import { findFiles } from './load/findFiles.ts';
import { loadFile, type FileOutcome } from './load/loadFile.ts';
import { Lookups } from './load/lookups.ts';
import { createRawTables } from './load/rawTables.ts';
import { describeBuild, runModels, type MetricDescription } from './models/runModels.ts';
import { Problem } from './problem.ts';
import { buildingPath, publish, sweepUnfinished } from './publish/publish.ts';
import { canonicalTables } from './schema/canonical.ts';

export interface BuildRequest {
  paths: string[];
  out: string;
  config?: string;
  strict?: boolean;
  exportedAt?: string;
  fromScratch?: boolean;
  metrics: MetricDescription[];
  productVersion: string;
  onProgress?: (step: string, done: number, of: number) => void;
}

export interface BuildReport {
  build_id: string;
  published: boolean;
  files: FileOutcome[];
  checks: CheckResult[];
  seconds: number;
  /** Share of net of won deals whose list price is known, 0–1; null where nothing is won. */
  coverage: { list_price: number | null };
  /** Why nothing was published, in sentences; empty when it was. */
  problems: string[];
}

/** The configuration that holds for a load: named, or in the folder that is loaded, or all defaults. */
export function configurationFor(paths: string[], named?: string): Configuration {
  if (named) return readConfiguration(resolve(named));
  for (const path of paths) {
    const candidate = join(
      statSync(path, { throwIfNoEntry: false })?.isDirectory() ? path : dirname(path),
      'holdfast.yaml',
    );
    if (existsSync(candidate)) return readConfiguration(resolve(candidate));
  }
  return defaults;
}

/** Brings `raw` of the published build into the new one: what was known before stays known. */
async function carryOver(connection: DuckDBConnection, published: string): Promise<void> {
  await connection.run(`attach ${quotedString(published)} as published (read_only)`);
  const tables = ['source_file', 'source_file_table', 'source_column', 'rejected_row', 'set_aside_row'];
  const known = await connection.runAndReadAll(
    `select table_name from duckdb_tables() where database_name = 'published' and schema_name = 'raw' order by table_name`,
  );
  const present = new Set(known.getRows().map(([name]) => String(name)));
  for (const name of [...tables, ...canonicalTables.map((table) => `${table.name}_row`)]) {
    if (present.has(name)) await connection.run(`insert into raw.${name} by name from published.raw.${name}`);
  }
  await connection.run('detach published');
}

async function listCoverage(connection: DuckDBConnection): Promise<number | null> {
  const reader = await connection.runAndReadAll(
    `select sum(net_amount_base) filter (list_amount is not null)::double / nullif(sum(net_amount_base), 0)::double
     from marts.fact_deal_line where is_won`,
  );
  const value = reader.getRows()[0]?.[0];
  return typeof value === 'number' ? value : null;
}

function refusals(files: FileOutcome[], strict: boolean): string[] {
  const unread = files.filter((file) => file.unread_reason !== null);
  if (unread.length === files.length)
    return [
      `None of the ${files.length} files could be read. ${unread.map((f) => `${f.path}: ${f.unread_reason}`).join(' ')}`,
    ];
  if (!strict) return [];
  return unread.map((file) => `${file.path} could not be read: ${file.unread_reason}`);
}

async function enoughToShow(connection: DuckDBConnection): Promise<string[]> {
  const reader = await connection.runAndReadAll(
    canonicalTables
      .map((table) => `select count(*) as rows from raw."${table.name}_row"`)
      .join(' union all '),
  );
  const rows = reader.getRows().reduce((sum, [count]) => sum + Number(count), 0);
  return rows > 0
    ? []
    : ['Not one row could be loaded from these files. Look at the rejected rows with holdfast inspect.'];
}

/**
 * Reads exports, builds, checks and publishes a warehouse. The published file is replaced only when every
 * blocking check holds; until then, and after a crash at any moment, the last good one stays in place.
 */
export async function build(request: BuildRequest): Promise<BuildReport> {
  const started = performance.now();
  const out = resolve(request.out);
  const configuration = configurationFor(request.paths, request.config);
  const found = findFiles(request.paths);
  const builtAt = new Date().toISOString();
  const buildId = `${builtAt.replaceAll(/[-:]/g, '').slice(0, 15)}-${createHash('sha256').update(`${builtAt}${process.pid}${out}`).digest('hex').slice(0, 8)}`;
  const progress = request.onProgress ?? (() => {});

  sweepUnfinished(out);
  const building = buildingPath(out);
  const scratch = mkdtempSync(join(tmpdir(), 'holdfast-'));
  const instance = await DuckDBInstance.create(building, {
    memory_limit: '3GB',
    temp_directory: `${building}.spill`,
    allow_unsigned_extensions: 'false',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  try {
    await connection.run(`set time zone 'UTC'`);
    await connection.run(
      'set variable time_zone = $zone'.replace('$zone', quotedString(configuration.timeZone)),
    );
    await connection.run(readFileSync(new URL('./load/reading.sql', import.meta.url), 'utf8'));
    for (const schema of ['raw', 'staging', 'meta']) await connection.run(`create schema ${schema}`);
    await createRawTables(connection);
    if (!request.fromScratch && existsSync(out)) await carryOver(connection, out);

    const lookups = new Lookups(connection, found, scratch);
    const context = {
      connection,
      configuration,
      lookups,
      scratch,
      exportedAt: request.exportedAt,
      loadedAt: builtAt,
    };
    const files: FileOutcome[] = [];
    for (const [index, file] of found.entries()) {
      progress(`reading ${file.name}`, index, found.length + 6);
      files.push(await loadFile(context, file));
    }
    await connection.run('drop schema staging cascade');
    const report = {
      build_id: buildId,
      files,
      published: false,
      seconds: 0,
      checks: [] as CheckResult[],
      coverage: { list_price: null as number | null },
    };
    const finish = (problems: string[]) => ({
      ...report,
      problems,
      seconds: (performance.now() - started) / 1000,
    });

    const refused = [...refusals(files, request.strict ?? false), ...(await enoughToShow(connection))];
    if (refused.length > 0) return finish(refused);

    await describeBuild(connection, configuration, {
      buildId,
      builtAt,
      productVersion: request.productVersion,
      metrics: request.metrics,
    });
    await runModels(connection, configuration, (step) =>
      progress(`building ${step}`, found.length + 2, found.length + 6),
    );
    progress('checking', found.length + 5, found.length + 6);
    report.checks = await runChecks(connection);
    await keepCheckResults(connection, report.checks);
    report.coverage.list_price = await listCoverage(connection);
    const failed = report.checks.filter((check) => check.severity === 'block' && !check.passed);
    if (failed.length > 0)
      return finish(
        failed.map(
          (check) => `Check failed: ${check.what} ${check.detail}: ${JSON.stringify(check.rows[0])}`,
        ),
      );

    await connection.run('checkpoint');
    connection.closeSync();
    instance.closeSync();
    publish(building, out);
    report.published = true;
    progress('published', found.length + 6, found.length + 6);
    return finish([]);
  } catch (error) {
    if (error instanceof Problem || !/Out of Memory|No space left/i.test(String((error as Error).message)))
      throw error;
    throw new Problem(
      `There was not enough room to build the warehouse: ${(error as Error).message.split('\n')[0]}`,
      'Free disk space or load fewer files at a time.',
    );
  } finally {
    connection.closeSync();
    instance.closeSync();
    sweepUnfinished(out);
    rmSync(scratch, { recursive: true, force: true });
  }
}
