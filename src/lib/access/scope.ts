import type { Parameters } from '../warehouse/warehouse.ts';
import { NotYours } from './notYours.ts';

/** What the reader may see: part of every question from the first day, on figures and on single rows alike. */
export type Scope = { kind: 'everything' } | { kind: 'people'; ids: string[] };

export const everything: Scope = { kind: 'everything' };

/** A condition for a query's `where`, with what it binds; for a reader of everything it is `true`. */
export interface Sight {
  test: string;
  parameters: Parameters;
}

/** The people in scope are bound as one list, so that the same query serves however many they are. */
const people = `(select unnest(from_json($scope::varchar, '["VARCHAR"]')))`;
const dealsSeen = `select deal_id from marts.fact_deal where rep_id in ${people}`;
const linesSeen = `select deal_line_id from marts.fact_deal_line where rep_id in ${people}`;
const rolesHeld = `select account_id from core.account_role, meta.build
  where person_id in ${people} and coalesce(valid_from <= data_on, true) and coalesce(valid_to > data_on, true)`;
const customersSeen = `select account_id from marts.fact_deal where rep_id in ${people} union all ${rolesHeld}`;

function narrowedTo(scope: Scope, test: string): Sight {
  if (scope.kind === 'everything') return { test: 'true', parameters: {} };
  if (scope.ids.length === 0) return { test: 'false', parameters: {} };
  return { test, parameters: { scope: JSON.stringify(scope.ids) } };
}

/** Rows whose rep, the person accountable for the deal at its close, is in scope; `rep` is SQL for the id. */
export const repSeen = (scope: Scope, rep: string): Sight => narrowedTo(scope, `${rep} in ${people}`);

/** Rows that hang on a deal: they are seen by whom the deal is seen, and nobody else where they name none. */
export const dealSeen = (scope: Scope, deal: string): Sight => narrowedTo(scope, `${deal} in (${dealsSeen})`);

/** What hangs on a line of a deal, the same way. */
export const lineSeen = (scope: Scope, line: string): Sight => narrowedTo(scope, `${line} in (${linesSeen})`);

/** Customers of whom a deal is seen, or on whom someone in scope holds a role on the day of the newest export. */
export const customerSeen = (scope: Scope, account: string): Sight =>
  narrowedTo(scope, `${account} in (${customersSeen})`);

/** Rows that no person can be told of: seen by a reader of everything alone. */
export const unowned = (scope: Scope): Sight => ({
  test: scope.kind === 'everything' ? 'true' : 'false',
  parameters: {},
});

/** Throws NotYours for a reader who does not see everything. */
export function mustSeeEverything(scope: Scope): void {
  if (scope.kind !== 'everything') throw new NotYours();
}
