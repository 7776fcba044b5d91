import { named, withoutComments, type Model } from './model.ts';
import { isReached, type Reached } from './reached.ts';

/** Tables that stand before the models, of whose rows each is one deal's, or one customer's. */
const ofDeals = [
  ...['latest.deal', 'latest.deal_line', 'latest.deal_snapshot', 'latest.deal_first_shown'],
  ...['latest.deal_event', 'core.deal_event'],
];
const ofCustomers = ['core.account', 'core.account_role'];

/** Where a passing table's rows of reached customers alone stand, once they are asked for. */
export const passingPart = (table: string) => `passing."part of ${table}"`;

/** A model's text in which each table stands for its rows of reached customers, as far as its rows are theirs alone. */
export const inParts = (text: string, parts: ReadonlyMap<string, string>): string =>
  withoutComments(text).replace(named, (table) => parts.get(table) ?? table);

/** What makes the rows of reached customers alone, under another name. */
export function partMaking({ makes, text }: Model, parts: ReadonlyMap<string, string>, name: string): string {
  const others = new Map([...parts].filter(([table]) => table !== makes));
  return inParts(text, others).replace(`create table ${makes}`, `create table ${name}`);
}

const written = /^\s*create view \S+ as\s+([\s\S]*?);?\s*$/;

/** By table: what to read in its place for the rows of reached customers alone. */
export function partsOf(models: readonly Model[], reached: Reached): Map<string, string> {
  const part = (table: string, column: 'deal_id' | 'account_id') =>
    `(select * from ${table} where ${isReached(column, reached)})`;
  const parts = new Map<string, string>();
  for (const table of ofDeals) parts.set(table, part(table, 'deal_id'));
  for (const table of ofCustomers) parts.set(table, part(table, 'account_id'));
  for (const { makes, kind, apart, text } of models) {
    if (!apart || kind === 'update') continue;
    if (makes.startsWith('passing.')) parts.set(makes, passingPart(makes));
    else if (kind === 'table') parts.set(makes, part(makes, apart));
    else parts.set(makes, `(${written.exec(inParts(text, parts))![1]!})`);
  }
  return parts;
}
