import type { DuckDBConnection } from '@duckdb/node-api';
import type { Configuration } from '../configuration/configuration.ts';
import { insertRows } from '../insertRows.ts';
import { runInLanes, type Job } from '../lanes.ts';
import { describeMaturity } from '../maturity/describeMaturity.ts';
import { canonicalTables } from '../schema/canonical.ts';
import { nothingBefore, type Before } from './before.ts';
import { createLatest, createPlainCore } from './current.ts';
import { describeTables, measureCoverage, writeCalendar } from './describe.ts';
import { jobsOfGoingOn } from './goOn.ts';
import { markOf, readSources, type Mark, type Sources } from './marks.ts';
import type { Change } from './mend.ts';
import { modelsOf, needsOf, readsOf, type Model, type ModelLayer } from './model.ts';
import { planModels } from './plan.ts';
import { findReached } from './reached.ts';
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
  sources: Sources;
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
  const followed = await createLatest(connection);
  await writeCalendar(connection, configuration);
  await createPlainCore(connection, coreWithRules);
  await describeMaturity(connection);
  const sources = await readSources(connection, followed);
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
    sources,
    sourceMark: (table, text) => {
      const [schema, name] = table.split('.') as [string, string];
      if (schema === 'core' && plain.has(name)) return sources.markOf(`latest.${name}`, text);
      return types.marks.get(table) ?? sources.markOf(table, text);
    },
  };
}

/** Keeps the marks in the build, for the one after it. */
export async function keepMarks(
  connection: DuckDBConnection,
  marks: ReadonlyMap<string, Mark>,
  rules: Mark,
): Promise<void> {
  await insertRows(connection, 'meta.model', [...marks, ['rules', rules]]);
}

/** By this name the build keeps a mark of what a model read that stands before all models. */
const sourceName = (table: string, { name }: Model) =>
  table === 'meta.build' ? `source ${table} of ${name}` : `source ${table}`;

/** Marks of all that the models read and none of them makes. */
function marksOfSources({ models, types, sourceMark, sources }: Ground): Map<string, Mark> {
  const made = new Set(models.map(({ makes }) => makes));
  const marks = new Map<string, Mark>(types.marks);
  for (const [table, mark] of sources.files) marks.set(`files of ${table}`, mark);
  for (const [table, mark] of sources.beside) marks.set(`beside files of ${table}`, mark);
  for (const { name } of canonicalTables) marks.set(`latest.${name}`, sourceMark(`latest.${name}`, ''));
  for (const model of models)
    for (const read of model.reads)
      if (!made.has(read)) marks.set(sourceName(read, model), sourceMark(read, model.text));
  return marks;
}

/** Makes everything that is made of something else than in the build before. Returns the marks of what was made. */
async function makeOutdated(
  [connection, ...lanes]: readonly [DuckDBConnection, ...DuckDBConnection[]],
  { models, types, sourceMark }: Ground,
  onStep: (step: string) => void,
  { methodFigures, before = nothingBefore }: ModelOptions,
): Promise<Map<string, Mark>> {
  const plan = planModels(models, sourceMark, before.marks);
  // Cleared away first, so that the types of their columns can be made anew, too.
  for (const table of plan.outdated) await connection.run(`drop table if exists ${table}`);
  await createWordTypes(connection, types.outdated);
  await runInLanes(modelJobs(plan.models, onStep, methodFigures), [connection, ...lanes]);
  return plan.marks;
}

/** Goes on from the tables of the build before. Returns the marks of what they are made of now. */
async function goOn(
  [connection, ...lanes]: readonly [DuckDBConnection, ...DuckDBConnection[]],
  { models, sourceMark, sources }: Ground,
  marksNow: ReadonlyMap<string, Mark>,
  onStep: (step: string) => void,
  { methodFigures, before = nothingBefore }: ModelOptions,
): Promise<Map<string, Mark>> {
  const reached = await findReached(connection, before, sources);
  const changeOf = (table: string, model: Model): Change => {
    const name = sourceName(table, model);
    if (before.marks.get(name) === marksNow.get(name)) return 'none';
    const [, told] = /^(?:latest|core)\.(.*)$/.exec(table) ?? [];
    return told && reached.tables.has(told) ? 'reached' : 'any';
  };
  const runOtherwise = async (lane: DuckDBConnection, { name }: Model) => {
    if (name !== 'methods') return false;
    await keepMethodFigures(lane, await methodFigures!(lane));
    return true;
  };
  const { jobs, changes } = jobsOfGoingOn({ models, reached, changeOf, onStep, runOtherwise });
  await runInLanes(jobs, [connection, ...lanes]);
  // What came to be as it was keeps its mark, and so does what was told of it.
  const { marks } = planModels(models, sourceMark, before.marks);
  for (const { name, makes } of models)
    if (changes.get(makes) === 'none')
      for (const one of [name, makes]) marks.set(one, before.marks.get(one) ?? marks.get(one)!);
  return marks;
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
  const { lanes = [], before = nothingBefore } = options;
  onStep('latest rows');
  const ground = await layGround(connection, configuration, options);
  const { types, sourceMark } = ground;
  const sources = marksOfSources(ground);
  const goesOn = before.marks.size > 0 && types.outdated.length === 0;
  const made = goesOn
    ? await goOn([connection, ...lanes], ground, sources, onStep, options)
    : await makeOutdated([connection, ...lanes], ground, onStep, options);
  const marks = new Map([...sources, ...made]);
  const markOfQuery = (sql: string) =>
    markOf(sql, ...readsOf(sql).map((table) => marks.get(table) ?? sourceMark(table, sql)));
  onStep('coverage');
  await measureCoverage(connection, marks, before);
  await describeTables(connection);
  return { marks, markOfQuery };
}
