import { quotedString, type DuckDBConnection } from '@duckdb/node-api';
import type { Configuration } from '../configuration/configuration.ts';
import { insertRows } from '../insertRows.ts';
import { canonicalTables, sqlTypes } from '../schema/canonical.ts';
import type { Before } from './before.ts';
import { fiscalPeriods } from './fiscalCalendar.ts';
import type { Mark } from './marks.ts';
import { statements } from './statements.ts';

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
         from raw.source_file where recognised_as not in ('Holdfast assessment_answer', 'Holdfast finding_status')), $at::date),
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

/** Writes the fiscal periods that the data reach into. */
export async function writeCalendar(
  connection: DuckDBConnection,
  configuration: Configuration,
): Promise<void> {
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

/** Says of every column of the build what it is. */
export async function describeTables(connection: DuckDBConnection): Promise<void> {
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

const coverageOf = (table: string) => `coverage of ${table}`;

/**
 * Measures how much each field says, for the pages that have to tell what is missing and what it would unlock. Adds to
 * the marks; a table with the mark of the build before keeps its figures.
 */
export async function measureCoverage(
  connection: DuckDBConnection,
  marks: Map<string, Mark>,
  before: Before,
): Promise<void> {
  const measured = [];
  const known = [];
  for (const table of canonicalTables) {
    // Changes of deals are also what differs between exports, which the layer `core` adds.
    const place = table.name === 'deal_event' && marks.has('core.deal_event') ? 'core' : 'latest';
    const mark = marks.get(`${place}.${table.name}`)!;
    const rows = before.coverage.get(table.name);
    marks.set(coverageOf(table.name), mark);
    if (rows && before.marks.get(coverageOf(table.name)) === mark) {
      known.push(...rows);
      continue;
    }
    const counts = table.columns.map((column) => `count("${column.name}")`).join(', ');
    const names = table.columns.map((column) => `'${column.name}'`).join(', ');
    measured.push(`select '${table.name}', unnest([${names}]), rows, unnest(known), ${quotedString(table.unlocks)}
       from (select count(*) as rows, [${counts}] as known from ${place}."${table.name}")`);
  }
  await insertRows(connection, 'meta.coverage', known);
  if (measured.length > 0) await connection.run(`insert into meta.coverage ${measured.join(' union all ')}`);
}
