import type { DuckDBConnection } from '@duckdb/node-api';
import type { Job } from '../lanes.ts';
import { makeAnew, mendRows, mendTable, type Change } from './mend.ts';
import { needsOf, type Model } from './model.ts';
import { partMaking, partsOf, passingPart } from './parts.ts';
import { isLookedUp } from './plan.ts';
import type { Reached } from './reached.ts';

const isPassing = (table: string) => table.startsWith('passing.');

const most = (changes: readonly Change[]): Change =>
  changes.includes('any') ? 'any' : changes.includes('reached') ? 'reached' : 'none';

/** How a build goes on from the one before. */
export interface GoingOn {
  models: readonly Model[];
  reached: Reached;
  /** What is different of a table that stands before all models, as far as a model with this text reads it. */
  changeOf: (table: string, model: Model) => Change;
  onStep: (step: string) => void;
  /** Does the work of a model that is no SQL; false for all others. */
  runOtherwise: (connection: DuckDBConnection, model: Model) => Promise<boolean>;
}

/** Makes passing tables when they are first read, whole or of reached customers alone. */
function passingTables(models: readonly Model[], parts: ReadonlyMap<string, string>) {
  const makers = new Map(models.filter(({ makes }) => isPassing(makes)).map((model) => [model.makes, model]));
  const made = new Map<string, Promise<void>>();
  const make = async (connection: DuckDBConnection, model: Model, inPart: boolean) => {
    await prepare(connection, model.reads, inPart);
    await connection.run(inPart ? partMaking(model, parts, passingPart(model.makes)) : model.text);
  };
  async function prepare(
    connection: DuckDBConnection,
    reads: readonly string[],
    ofParts: boolean,
  ): Promise<void> {
    for (const table of reads.filter(isPassing)) {
      const maker = makers.get(table);
      if (!maker) continue;
      const inPart = ofParts && maker.apart !== undefined;
      const name = inPart ? passingPart(table) : table;
      if (!made.has(name)) made.set(name, make(connection, maker, inPart));
      await made.get(name);
    }
  }
  const drop = async (connection: DuckDBConnection, table: string) => {
    for (const name of [table, passingPart(table)])
      if (made.has(name)) {
        await connection.run(`drop table ${name}`);
        made.delete(name);
      }
  };
  return { prepare, drop };
}

/** By the model that makes a table which later ones update: what else is read by all that read it before it is done. */
function readBeside(models: readonly Model[]): Map<string, { table: string; by: Model }[]> {
  const found = new Map<string, { table: string; by: Model }[]>();
  for (const [at, { name, makes, kind }] of models.entries()) {
    const last = models.findLastIndex((model) => model.makes === makes);
    if (kind !== 'table' || last === at) continue;
    const derived = new Set([makes]);
    const beside = [];
    for (const model of models.slice(at + 1, last + 1)) {
      if (!model.reads.some((table) => derived.has(table))) continue;
      derived.add(model.makes);
      beside.push(...model.reads.map((table) => ({ table, by: model })));
    }
    found.set(
      name,
      beside.filter(({ table }) => !derived.has(table)),
    );
  }
  return found;
}

/**
 * The work of a build that goes on from the one before: a model of whose tables nothing changed is left as it stands;
 * one that reads other rows of reached customers alone, and makes each customer's rows of that customer's, is mended;
 * any other is made anew, and what reads it goes on from what came to be different, not from what might have.
 * Source: early cutoff in Mokhov, Mitchell and Peyton Jones, Build Systems à la Carte, 2018, section 2.3.
 * `changes` says of each table how it ended, once the jobs are done.
 */
export function jobsOfGoingOn({ models, reached, changeOf, onStep, runOtherwise }: GoingOn): {
  jobs: Job[];
  changes: ReadonlyMap<string, Change>;
} {
  const changes = new Map<string, Change>();
  const parts = partsOf(models, reached);
  const passing = passingTables(models, parts);
  const hasReached = reached.tables.size > 0;
  const anew = new Set<string>();
  const beside = readBeside(models);
  const needs = needsOf(models);
  const makers = new Map(models.map(({ name, makes }) => [makes, name]));
  const readers = new Map<string, number>();
  for (const { reads } of models) for (const name of reads) readers.set(name, (readers.get(name) ?? 0) + 1);

  const changeFor = (table: string, by: Model) =>
    table === by.makes || isLookedUp(table, by.reads) ? 'none' : (changes.get(table) ?? changeOf(table, by));
  const changeOfReads = (model: Model) => most(model.reads.map((table) => changeFor(table, model)));
  const chainOf = (table: string) => models.filter(({ makes }) => makes === table);

  async function runWhole(connection: DuckDBConnection, model: Model): Promise<void> {
    await passing.prepare(connection, model.reads, false);
    if (!(await runOtherwise(connection, model))) await connection.run(model.text);
  }

  async function table(connection: DuckDBConnection, model: Model): Promise<Change> {
    const { makes, apart } = model;
    // What reads the table before it is done, and has to be made anew for another reason, has to find it as it was made.
    const others = (beside.get(model.name) ?? []).map(({ table, by }) => changeFor(table, by));
    const change = others.includes('any') ? 'any' : changeOfReads(model);
    const isUpdatedLater = chainOf(makes).length > 1;
    if (change === 'none' && !(isUpdatedLater && apart && hasReached)) return 'none';
    if (change !== 'any' && apart) {
      onStep(`some of ${makes}`);
      await passing.prepare(connection, model.reads, true);
      const mended = await mendTable(connection, model, parts, reached);
      return isUpdatedLater ? 'reached' : mended;
    }
    onStep(makes);
    anew.add(makes);
    await passing.prepare(connection, model.reads, false);
    const isRead = (readers.get(makes) ?? 0) > 0;
    return makeAnew(connection, model, reached, { isAsked: isRead && !isUpdatedLater, ofReads: change });
  }

  async function update(connection: DuckDBConnection, model: Model): Promise<Change> {
    const { makes, apart } = model;
    const stands = changes.get(makes) ?? 'none';
    if (anew.has(makes)) {
      await runWhole(connection, model);
      return 'any';
    }
    const change = most([stands, changeOfReads(model)]);
    if (change === 'none') return 'none';
    if (change === 'reached' && apart) {
      onStep(`some of ${makes}`);
      await passing.prepare(connection, model.reads, true);
      await mendRows(connection, model, parts);
      return 'reached';
    }
    onStep(makes);
    // What stands there was changed by this model already, from other tables: it has to be as it was made.
    anew.add(makes);
    await connection.run(`drop table ${makes}`);
    for (const one of chainOf(makes)) {
      await runWhole(connection, one);
      if (one === model) break;
    }
    return 'any';
  }

  const run = async (connection: DuckDBConnection, model: Model): Promise<Change> => {
    const { kind, makes, text, apart } = model;
    if (kind === 'table' && !isPassing(makes)) return table(connection, model);
    if (kind === 'update') return update(connection, model);
    if (kind === 'view') await connection.run(text);
    const change = changeOfReads(model);
    return change === 'reached' && !apart ? 'any' : change;
  };

  /** A passing table is read as long as those that read it may still ask for it. */
  async function letGo(connection: DuckDBConnection, reads: readonly string[]): Promise<void> {
    for (const read of reads) {
      const left = readers.get(read)! - 1;
      readers.set(read, left);
      if (left > 0 || !isPassing(read)) continue;
      await passing.drop(connection, read);
      for (const maker of chainOf(read)) await letGo(connection, maker.reads);
    }
  }

  const jobs = models.map((model) => ({
    name: model.name,
    needs: [
      ...(needs.get(model.name) ?? []),
      ...(beside.get(model.name) ?? []).flatMap(({ table }) => makers.get(table) ?? []),
    ],
    run: async (connection: DuckDBConnection) => {
      changes.set(model.makes, await run(connection, model));
      if (!isPassing(model.makes)) await letGo(connection, model.reads);
    },
  }));
  // What takes a method takes longest of all: whatever is ready beside it can be done meanwhile.
  return {
    jobs: jobs.toSorted((a, b) => Number(b.name === 'methods') - Number(a.name === 'methods')),
    changes,
  };
}
