import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { keepCheckResults, runChecks, type CheckResult } from './checks/runChecks.ts';
import { defaults, type Configuration } from './configuration/configuration.ts';
import { readConfiguration } from './configuration/readConfiguration.ts';
import { findFiles, type FoundFile } from './load/findFiles.ts';
import { openParts } from './load/foundParts.ts';
import { settingsOfReading } from './load/fileRecord.ts';
import { loadFile, type FileOutcome } from './load/loadFile.ts';
import { Lookups } from './load/lookups.ts';
import { markOf, rulesMark } from './models/marks.ts';
import { describeBuild, type MetricDescription } from './models/describe.ts';
import { keepFindings, recallFindings } from './models/earlierFindings.ts';
import { keepMarks, runModels, type MethodFigures } from './models/runModels.ts';
import { openBuild, type OpenBuild } from './openBuild.ts';
import { diskProblem } from './publish/diskProblem.ts';
import { holdWarehouse } from './publish/lock.ts';
import { buildingPath, publish, sweepUnfinished } from './publish/publish.ts';
import { configurationOf, listCoverage } from './publish/published.ts';
import { Problem } from './problem.ts';

export interface BuildRequest {
  /** Files and folders of exports; none builds anew from what is known, with the settings of the build before. */
  paths: string[];
  /** Folders of exports that every load reads too, where they exist. */
  alsoFrom?: string[];
  out: string;
  config?: string;
  strict?: boolean;
  exportedAt?: string;
  fromScratch?: boolean;
  metrics: MetricDescription[];
  methodFigures?: MethodFigures;
  /** Folders of the code that the method figures come from; when it changes they are worked out anew. */
  methodFolders?: string[];
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

/** What begins with a dot is not finished. */
const isShown = (name: string) => !name.startsWith('.');

const nothingKnown = (out: string) =>
  new Problem('Nothing was loaded here before.', 'Name the files or folders to load.', { file: out });

function everythingFound({ paths, alsoFrom = [] }: BuildRequest): FoundFile[] {
  const more = alsoFrom.filter((folder) => existsSync(folder) && readdirSync(folder).some(isShown));
  const always = more.length > 0 ? findFiles(more) : [];
  const named = paths.length > 0 ? findFiles(paths) : [];
  // A folder that lies among the exports is read once, and its files keep the names they always have.
  const twice = new Set(always.map(({ path }) => path));
  return [...named.filter(({ path }) => !twice.has(path)), ...always];
}

/** Why this input is not good enough to publish anything from; empty where it is. */
function refusals(files: FileOutcome[], strict: boolean): string[] {
  if (files.length === 0) return [];
  const unread = files.filter((file) => file.unread_reason !== null);
  const named = (file: FileOutcome) => `${file.path}: ${file.unread_reason}`;
  if (unread.length === files.length)
    return [
      files.length === 1 ? `The file could not be read.` : `None of the ${files.length} files could be read.`,
      ...unread.map(named),
    ];
  const stops = unread.filter((file) => strict || file.is_question);
  if (stops.length > 0) return stops.map(named);
  if (files.some((file) => file.rows_loaded > 0)) return [];
  return ['Not one row could be loaded from these files. See why with: holdfast inspect FILE.'];
}

/** Below so many bytes, sharing a statement out among threads takes longer than doing it. Measured, as a round number. */
const FEW_BYTES = 64_000_000;

/** How much larger packed text is unpacked, as a round number; exports repeat themselves. */
const PACKED = 10;

/** Threads that each statement of a build is worked on by; as many as there are processors unless said. */
function threadsFor(found: readonly FoundFile[], out: string): number | undefined {
  const sizes = [...found.map(({ path }) => path), out].map((path) => {
    const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    return /\.(gz|zip|parquet|xlsx)$/i.test(path) ? size * PACKED : size;
  });
  return sizes.reduce((sum, size) => sum + size, 0) < FEW_BYTES ? 1 : undefined;
}

function nameBuild(builtAt: string, out: string): string {
  const mark = createHash('sha256').update(`${builtAt}${process.pid}${out}`).digest('hex').slice(0, 8);
  return `${builtAt.replaceAll(/[-:]/g, '').slice(0, 15)}-${mark}`;
}

/** The files of this load that could not be read stay named in the build, with their reasons. */
async function keepUnread(connection: DuckDBConnection, files: FileOutcome[]): Promise<void> {
  for (const { path, unread_reason: reason } of files) {
    if (reason === null) continue;
    await connection.run('insert into meta.unread_file values ($path, $reason)', { path, reason });
  }
}

/** By this name the build keeps a mark of the settings that its files were read by. */
const READING = 'how files are read';

/** Fills an open build from the files. Returns what it came to, with the reasons not to publish it. */
async function fill(
  { connections, before }: OpenBuild,
  request: BuildRequest,
  build: { out: string; scratch: string; found: FoundFile[]; configuration: Configuration },
): Promise<BuildReport> {
  const [connection, ...lanes] = connections;
  const { out, scratch, configuration } = build;
  const found = await openParts(build.found, scratch);
  const builtAt = new Date().toISOString();
  const buildId = nameBuild(builtAt, out);
  const steps = found.length + 6;
  const progress = (step: string, done: number) => request.onProgress?.(step, done, steps);
  const report: BuildReport = {
    build_id: buildId,
    published: false,
    files: [],
    checks: [],
    seconds: 0,
    coverage: { list_price: null },
    problems: [],
  };

  const lookups = new Lookups(connection, found, scratch);
  const { exportedAt } = request;
  const reading = markOf(
    JSON.stringify([configuration.files, configuration.fileSettings, settingsOfReading(configuration)]),
  );
  const readsAsBefore = before.marks.get(READING) === reading;
  const context = {
    connection,
    configuration,
    lookups,
    scratch,
    exportedAt,
    loadedAt: builtAt,
    readsAsBefore,
  };
  for (const [index, file] of found.entries()) {
    progress(`reading ${file.name}`, index);
    report.files.push(await loadFile(context, file));
  }
  await connection.run('drop schema staging cascade');
  report.problems = refusals(report.files, request.strict ?? false);
  if (report.problems.length > 0) return report;

  const { productVersion, metrics } = request;
  await describeBuild(connection, configuration, { buildId, builtAt, productVersion, metrics });
  await keepUnread(connection, report.files);
  const onStep = (step: string) => progress(`building ${step}`, found.length + 2);
  const { methodFigures } = request;
  const rules = rulesMark(request.methodFolders ?? []);
  await recallFindings(connection, configuration, rules);
  const made = await runModels(connection, configuration, onStep, { methodFigures, lanes, before });
  await keepFindings(connection, configuration, rules);
  progress('checking', found.length + 5);
  report.checks = await runChecks(connections, ({ id, sql }) => {
    const mark = made.markOfQuery(sql);
    made.marks.set(`check ${id}`, mark);
    return before.marks.get(`check ${id}`) === mark ? before.checks.get(id) : undefined;
  });
  made.marks.set(READING, reading);
  await keepMarks(connection, made.marks, rules);
  await keepCheckResults(connection, report.checks);
  report.coverage.list_price = await listCoverage(connection);
  report.problems = report.checks
    .filter((check) => check.severity === 'block' && !check.passed)
    .map(
      (check) => `Check failed: ${check.what} ${check.detail}, the first: ${JSON.stringify(check.rows[0])}`,
    );
  await connection.run('checkpoint');
  return report;
}

/**
 * Reads exports, builds, checks and publishes a warehouse. The published file is replaced only when every
 * blocking check holds; until then, and after a crash at any moment, the last good one stays in place.
 */
export async function build(request: BuildRequest): Promise<BuildReport> {
  const started = performance.now();
  const out = resolve(request.out);
  if (request.paths.length === 0 && !existsSync(out)) throw nothingKnown(request.out);
  const isRebuilt = request.paths.length === 0 && !request.config;
  const configuration = isRebuilt
    ? await configurationOf(out)
    : configurationFor(request.paths, request.config);
  const found = everythingFound(request);
  const building = buildingPath(out);
  // Beside the build, so that what a killed load leaves behind is swept with it.
  const scratch = `${building}.scratch`;
  let letGo: (() => void) | undefined;
  try {
    letGo = holdWarehouse(out);
    sweepUnfinished(out);
    mkdirSync(scratch);
    const known = !request.fromScratch && existsSync(out) ? out : null;
    const { timeZone } = configuration;
    const { methodFolders = [] } = request;
    const threads = threadsFor(found, known ?? '');
    const open = await openBuild(building, known, { timeZone, methodFolders, threads });
    const filled = fill(open, request, { out, scratch, found, configuration });
    const report = await filled.finally(open.close);
    if (report.problems.length === 0) {
      publish(building, out);
      report.published = true;
      request.onProgress?.('published', found.length + 6, found.length + 6);
    }
    report.seconds = (performance.now() - started) / 1000;
    return report;
  } catch (error) {
    throw diskProblem(error, out);
  } finally {
    // Without the warehouse in hand, what lies there is another load's.
    if (letGo) sweepUnfinished(out);
    letGo?.();
  }
}
