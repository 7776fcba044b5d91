import { quotedString, type DuckDBConnection } from '@duckdb/node-api';
import type { Configuration } from '../configuration/configuration.ts';
import { insertRows } from '../insertRows.ts';
import { runInLanes, type Job } from '../lanes.ts';
import { describeMaturity } from '../maturity/describeMaturity.ts';
import { canonicalTables, sqlTypes } from '../schema/canonical.ts';
import { createLatest, createPlainCore } from './current.ts';
import { fiscalPeriods } from './fiscalCalendar.ts';
import { modelsOf, needsOf, type Model, type ModelLayer } from './model.ts';
import { arithmetic, statements } from './statements.ts';
import { createWordTypes } from './words.ts';

export interface MetricDescription {
  id: string;
  kind: 'measure' | 'dimension';
  label: string;
  definition: string;
  formula: string | null;
  format: string | null;
  fact: string | null;
}

export interface BuildDescription {
  buildId: string;
  builtAt: string;
  productVersion: string;
  metrics: MetricDescription[];
}

const coreWithRules = new Set([
  ...['account_role', 'list_price', 'person_assignment', 'deal', 'deal_line', 'deal_event'],
  ...['invoice', 'invoice_line', 'credit_note_line', 'subscription'],
]);

/** `meta` first: the models read the configuration from it, and so does whoever reads the file later. */
export async function describeBuild(
  connection: DuckDBConnection,
  configuration: Configuration,
  build: BuildDescription,
): Promise<void> {
  for (const { text } of statements('meta')) await connection.run(text);
  await connection.run(
    `insert into meta.build
     select $id, $at::timestamp, timezone($zone, timezone('UTC', $at::timestamp))::date,
       coalesce((select timezone($zone, timezone('UTC', max(exported_at)))::date
         from raw.source_file where recognised_as <> 'Holdfast assessment_answer'), $at::date),
       $currency, $zone, $start::integer, $calendar, $named, $undated, $rounding, $configuration, $version`,
    {
      id: build.buildId,
      at: build.builtAt,
      zone: configuration.timeZone,
      currency: configuration.currency,
      start: configuration.fiscalYearStart,
      calendar: configuration.calendar,
      named: configuration.fiscalYearNamedBy,
      undated: configuration.undatedPriceBook,
      rounding: configuration.priceRounding,
      configuration: JSON.stringify(configuration),
      version: build.productVersion,
    },
  );
  for (const [word, type] of Object.entries(configuration.dealTypes)) {
    await connection.run('insert or replace into meta.deal_type_word values ($word, $type)', {
      word: word.trim().toLowerCase(),
      type,
    });
  }
  const metrics = build.metrics.map((metric) => [
    metric.id,
    metric.kind,
    metric.label,
    metric.definition,
    metric.formula,
    metric.format,
    metric.fact,
  ]);
  await insertRows(connection, 'meta.metric', metrics);
}

async function writeCalendar(connection: DuckDBConnection, configuration: Configuration): Promise<void> {
  // Dates far outside of any business are typing errors; they stay on their rows but get no fiscal period.
  const reader = await connection.runAndReadAll(
    `select coalesce(min(day), current_date)::varchar, greatest(coalesce(max(day), current_date), current_date)::varchar
     from (select closed_on as day from latest.deal union all select issued_on from latest.invoice
           union all select period_start from latest.quota union all select data_on from meta.build
           -- Where there are neither deals nor bills, contracts begin the calendar.
           union all select started_on from latest.subscription
             where started_on <= (select data_on from meta.build)
             and not exists (from latest.deal) and not exists (from latest.invoice))
     where day between date '1980-01-01' and date '2099-12-31'`,
  );
  const [from, to] = (reader.getRows()[0] ?? []).map(String);
  const periods = fiscalPeriods(configuration, from!, to!);
  const rows = periods.map(({ kind, period, fiscalYear, startsOn, endsOn }) => [
    kind,
    period,
    fiscalYear,
    startsOn,
    endsOn,
  ]);
  await insertRows(connection, 'meta.fiscal_period', rows);
}

async function describeTables(connection: DuckDBConnection): Promise<void> {
  const columns = canonicalTables.flatMap((table) =>
    table.columns.map(({ name, type, means }) => [
      'core',
      table.name,
      name,
      sqlTypes[type],
      means,
      table.oneRowIs,
      table.unlocks,
    ]),
  );
  await insertRows(connection, 'meta.table_column', columns);
  await connection.run(
    `insert into meta.table_column
     select table_schema, table_name, column_name, if(data_type like 'ENUM(%', 'VARCHAR', data_type), null, null, null
     from information_schema.columns
     where table_schema in ('raw', 'core', 'marts', 'meta')
       and (table_schema, table_name, column_name) not in
         (select (schema_name, table_name, column_name) from meta.table_column)`,
  );
}

/** How much each field says, for the pages that have to tell what is missing and what it would unlock. */
async function measureCoverage(connection: DuckDBConnection): Promise<void> {
  const measured = canonicalTables.map((table) => {
    const counts = table.columns.map((column) => `count("${column.name}")`).join(', ');
    const names = table.columns.map((column) => `'${column.name}'`).join(', ');
    return `select '${table.name}', unnest([${names}]), rows, unnest(known), ${quotedString(table.unlocks)}
       from (select count(*) as rows, [${counts}] as known from latest."${table.name}")`;
  });
  await connection.run(`insert into meta.coverage ${measured.join(' union all ')}`);
}

/** A figure that only a statistical method can tell of the marts, as `core.method_figure` holds it. */
export interface MethodFigure {
  figure: string;
  quarter: string;
  scopeKind: 'company' | 'region' | 'team';
  /** Empty for the company. */
  scope: string;
  /** Null where the data can't tell. */
  value: number | null;
  low: number | null;
  high: number | null;
  n: number;
}

/** Works such figures out of a build whose marts are there. */
export type MethodFigures = (connection: DuckDBConnection) => Promise<MethodFigure[]>;

async function keepMethodFigures(connection: DuckDBConnection, figures: MethodFigure[]): Promise<void> {
  const rows = figures.map((one) => [
    ...[one.figure, one.quarter, one.scopeKind, one.scope],
    ...[one.value, one.low, one.high, one.n],
  ]);
  await insertRows(connection, 'core.method_figure', rows);
}

export interface ModelOptions {
  methodFigures?: MethodFigures;
  /** Each needs those before it; all of them unless said. */
  layers?: readonly ModelLayer[];
  /** More connections to the same build, to work on several models at once. */
  lanes?: readonly DuckDBConnection[];
}

/** Tables that only later models need, beside the build; they are dropped when the last of these is made. */
async function attachPassing(connection: DuckDBConnection): Promise<void> {
  await connection.run(`attach ':memory:' as passing`);
}

/** The work that each model is, in an order that can be followed one by one. */
function modelJobs(models: readonly Model[], onStep: (step: string) => void): Job[] {
  const readers = new Map<string, number>();
  for (const { reads } of models) for (const name of reads) readers.set(name, (readers.get(name) ?? 0) + 1);
  const needs = needsOf(models);
  return models.map(({ name, makes, text, reads }) => ({
    name,
    needs: needs.get(name) ?? [],
    run: async (connection) => {
      onStep(makes);
      await connection.run(text);
      for (const read of reads) {
        const left = readers.get(read)! - 1;
        readers.set(read, left);
        if (left === 0 && read.startsWith('passing.')) await connection.run(`drop table ${read}`);
      }
    },
  }));
}

/** The figures that take a method wait for all facts, and what is made of them waits for the figures. */
function methodJob(models: readonly Model[], methodFigures: MethodFigures): Job {
  return {
    name: 'methods',
    needs: models.map(({ name }) => name),
    run: async (connection) => keepMethodFigures(connection, await methodFigures(connection)),
  };
}

function jobsOf(
  layers: readonly ModelLayer[],
  methodFigures: MethodFigures | undefined,
  onStep: (step: string) => void,
): Job[] {
  const models = layers.flatMap(modelsOf);
  const jobs = modelJobs(models, onStep);
  if (!methodFigures || !layers.includes('maturity')) return jobs;
  const methods = methodJob([...modelsOf('core'), ...modelsOf('marts')], methodFigures);
  const takesFigures = new Set(
    models.filter(({ reads }) => reads.includes('core.method_figure')).map(({ name }) => name),
  );
  const waiting = jobs.map((job) =>
    takesFigures.has(job.name) ? { ...job, needs: [...job.needs, methods.name] } : job,
  );
  // It takes longest of all: whatever is ready beside it can be done meanwhile.
  return [methods, ...waiting];
}

/** Builds `latest`, `core` and `marts` from `raw`. Without methods, what needs one stays unknown. */
export async function runModels(
  connection: DuckDBConnection,
  configuration: Configuration,
  onStep: (step: string) => void,
  { methodFigures, layers = ['core', 'marts', 'maturity'], lanes = [] }: ModelOptions = {},
): Promise<void> {
  const connections = [connection, ...lanes];
  for (const schema of ['core', 'marts']) await connection.run(`create schema ${schema}`);
  for (const lane of connections) await lane.run(arithmetic);
  await attachPassing(connection);
  onStep('latest rows');
  await createLatest(connection);
  await writeCalendar(connection, configuration);
  await createPlainCore(connection, coreWithRules);
  await createWordTypes(connection);
  await describeMaturity(connection);
  await runInLanes(jobsOf(layers, methodFigures, onStep), connections);
  onStep('coverage');
  await measureCoverage(connection);
  await describeTables(connection);
}
