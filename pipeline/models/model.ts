import { statements } from './statements.ts';

export type ModelLayer = 'core' | 'marts' | 'maturity';

/** One SQL file of a layer: what it makes, and what it reads to make it. */
export interface Model {
  /** Its file's name, by which others wait for it. */
  name: string;
  /** `schema.table`; tables of the schema `passing` are dropped when the last model that reads them is made. */
  makes: string;
  kind: 'table' | 'view' | 'update';
  text: string;
  /** Every `schema.table` and `schema.type` that stands in its text. */
  reads: string[];
  /**
   * Where a customer's rows, and those of their deals, are made of that customer's rows alone: the column that tells
   * whose a row is.
   */
  apart?: 'deal_id' | 'account_id';
  /** Where each row answers what rows elsewhere ask by these columns, and is there because some do. */
  lookedUpBy?: string[];
}

const made = /\b(?:create (table|view)|(update)) ((?:core|marts|passing)\.\w+)/;
/** Every `schema.table` and `schema.type` of a query. */
export const named = /\b(?:raw|latest|core|marts|meta|passing)\.\w+/g;

const apartBy = /^-- Apart by (deal_id|account_id)\.$/m;
const lookedUpBy = /^-- Looked up by ([a-z_, ]+)\.$/m;

export const withoutComments = (sql: string) => sql.replace(/--.*$/gm, '');

/** What a query reads of the build's schemas. */
export function readsOf(sql: string): string[] {
  return [...new Set(withoutComments(sql).match(named) ?? [])];
}

/** The models of a layer in the order of their files' names, in which each comes after those that it reads. */
export function modelsOf(layer: ModelLayer): Model[] {
  return statements(layer).map(({ name, text }) => {
    const [, create, update, makes] = made.exec(withoutComments(text)) ?? [];
    if (!makes) throw new Error(`${layer}/${name}.sql makes neither a table nor a view`);
    const reads = readsOf(text).filter((one) => update !== undefined || one !== makes);
    return {
      ...{ name: `${layer}/${name}`, makes, kind: (create ?? 'update') as Model['kind'], text, reads },
      apart: apartBy.exec(text)?.[1] as Model['apart'],
      lookedUpBy: lookedUpBy.exec(text)?.[1]?.split(', '),
    };
  });
}

/**
 * Names of the models that must be done before each: the last before it that makes or changes what it reads, and, for
 * one that changes a table, all that read the table as it was.
 */
export function needsOf(models: readonly Model[]): Map<string, string[]> {
  const makers = new Map<string, string>();
  const readers = new Map<string, string[]>();
  const needs = new Map<string, string[]>();
  for (const { name, makes, kind, reads } of models) {
    const before = reads.flatMap((read) => makers.get(read) ?? []);
    if (kind === 'update') before.push(...(readers.get(makes) ?? []));
    needs.set(name, [...new Set(before)]);
    for (const read of reads) readers.set(read, [...(readers.get(read) ?? []), name]);
    makers.set(makes, name);
  }
  return needs;
}

/** The models by which some tables come to be, in their order. */
export function leadingTo(tables: readonly string[], models: readonly Model[]): Model[] {
  const wanted = new Set(tables);
  const leading: Model[] = [];
  for (const model of models.toReversed()) {
    if (!wanted.has(model.makes)) continue;
    leading.unshift(model);
    for (const read of model.reads) wanted.add(read);
  }
  return leading;
}
