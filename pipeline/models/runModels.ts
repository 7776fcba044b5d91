import type { DuckDBConnection } from '@duckdb/node-api';
import type { Configuration } from '../configuration/configuration.ts';
import { insertRows } from '../insertRows.ts';
import { runInLanes, type Job } from '../lanes.ts';
import { describeMaturity } from '../maturity/describeMaturity.ts';
import { canonicalTables } from '../schema/canonical.ts';
import { nothingBefore, type Before } from './before.ts';
import { createLatest, createPlainCore } from './current.ts';
import { describeTables, measureCoverage, writeCalendar } from './describe.ts';
import { markOf, readSources, type Mark } from './marks.ts';
import { modelsOf, needsOf, readsOf, type Model, type ModelLayer } from './model.ts';
import { planModels } from './plan.ts';
import { arithmetic } from './statements.ts';
import { createWordTypes, findWordTypes, type WordTypes } from './words.ts';

const coreWithRules = new Set([
  ...['account_role', 'list_price', 'person_assignment', 'deal', 'deal_line', 'deal_event'],
  ...['invoice', 'invoice_line', 'credit_note_line', 'subscription'],
]);

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
  /** The build that this one is a copy of; nothing unless said. */
  before?: Before;
}

/** What was made, and of what: by these marks the next build tells what it may keep. */
export interface Made {
  marks: Map<string, Mark>;
  /** A mark of all that a query reads. */
  markOfQuery: (sql: string) => Mark;
}

/** The figures that take a method read all facts, and change the table that waits for them. */
const methods = (models: readonly Model[]): Model => ({
  name: 'methods',
  makes: 'core.method_figure',
  kind: 'update',
  text: '',
  reads: [...new Set(models.map(({ makes }) => makes))].filter((table) => !table.startsWith('passing.')),
});

/** The work that each model is, in an order that can be followed one by one. */
export function modelJobs(
  models: readonly Model[],
  onStep: (step: string) => void,
  methodFigures?: MethodFigures,
): Job[] {
  const readers = new Map<string, number>();
  for (const { reads } of models) for (const name of reads) readers.set(name, (readers.get(name) ?? 0) + 1);
  const needs = needsOf(models);
  const jobs = models.map(({ name, makes, text, reads }) => ({
    name,
    needs: needs.get(name) ?? [],
    run: async (connection: DuckDBConnection) => {
      onStep(makes);
      if (name !== 'methods') await connection.run(text);
      else await keepMethodFigures(connection, await methodFigures!(connection));
      for (const read of reads) {
        const left = readers.get(read)! - 1;
        readers.set(read, left);
        if (left === 0 && read.startsWith('passing.')) await connection.run(`drop table ${read}`);
      }
    },
  }));
  // They take longest of all: whatever is ready beside them can be done meanwhile.
  return jobs.toSorted((a, b) => Number(b.name === 'methods') - Number(a.name === 'methods'));
}

/** A build whose raw rows are there, ready for its models. */
export interface Ground {
  models: Model[];
  types: WordTypes;
  sourceMark: (table: string, text: string) => Mark;
}

/** Makes all that stands before the models, and finds what these have to be. */
export async function layGround(
  connection: DuckDBConnection,
  configuration: Configuration,
  { methodFigures, layers = ['core', 'marts', 'maturity'], lanes = [], before = nothingBefore }: ModelOptions,
): Promise<Ground> {
  for (const schema of ['core', 'marts']) await connection.run(`create schema if not exists ${schema}`);
  for (const lane of [connection, ...lanes]) await lane.run(arithmetic);
  // Tables that only later models need, beside the build; they are dropped when the last of these is made.
  await connection.run(`attach ':memory:' as passing`);
  await createLatest(connection);
  await writeCalendar(connection, configuration);
  await createPlainCore(connection, coreWithRules);
  await describeMaturity(connection);
  const sources = await readSources(connection);
  const types = await findWordTypes(connection, sources, before.marks);
  const plain = new Set(canonicalTables.map(({ name }) => name).filter((name) => !coreWithRules.has(name)));
  const facts = layers.filter((layer) => layer !== 'maturity').flatMap(modelsOf);
  const isWhole = layers.includes('maturity');
  return {
    models: [
      ...facts,
      ...(isWhole && methodFigures ? [methods(facts)] : []),
      ...(isWhole ? modelsOf('maturity') : []),
    ],
    types,
    sourceMark: (table, text) => {
      const [schema, name] = table.split('.') as [string, string];
      if (schema === 'core' && plain.has(name)) return sources.markOf(`latest.${name}`, text);
      return types.marks.get(table) ?? sources.markOf(table, text);
    },
  };
}

/** Clears away what is made anew, so that the types of its columns can be, too. */
async function clearAway(connection: DuckDBConnection, outdated: readonly string[]): Promise<void> {
  for (const table of outdated) await connection.run(`drop table if exists ${table}`);
}

/** Keeps the marks in the build, for the one after it. */
export async function keepMarks(
  connection: DuckDBConnection,
  marks: ReadonlyMap<string, Mark>,
  rules: Mark,
): Promise<void> {
  await insertRows(connection, 'meta.model', [...marks, ['rules', rules]]);
}

/**
 * Builds `latest`, `core` and `marts` from `raw`, as far as the build before does not stand there already. Without
 * methods, what needs one stays unknown.
 */
export async function runModels(
  connection: DuckDBConnection,
  configuration: Configuration,
  onStep: (step: string) => void,
  options: ModelOptions = {},
): Promise<Made> {
  const { methodFigures, lanes = [], before = nothingBefore } = options;
  onStep('latest rows');
  const { models, types, sourceMark } = await layGround(connection, configuration, options);
  const plan = planModels(models, sourceMark, before.marks);
  await clearAway(connection, plan.outdated);
  await createWordTypes(connection, types.outdated);
  await runInLanes(modelJobs(plan.models, onStep, methodFigures), [connection, ...lanes]);
  const marks = new Map([...types.marks, ...plan.marks]);
  for (const { name } of canonicalTables) marks.set(`latest.${name}`, sourceMark(`latest.${name}`, ''));
  const markOfQuery = (sql: string) =>
    markOf(sql, ...readsOf(sql).map((table) => marks.get(table) ?? sourceMark(table, sql)));
  const made = { marks, markOfQuery };
  onStep('coverage');
  await measureCoverage(connection, marks, before);
  await describeTables(connection);
  return made;
}
