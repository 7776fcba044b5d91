import { repSeen, type Scope } from '../access/scope.ts';
import type { Asking } from '../asking/asking.ts';
import { BadRequest } from '../metrics/badRequest.ts';
import { dimensionById } from '../metrics/request.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

/** A way to split spend: the dimension that tells groups apart, and the one that names them. */
export interface Split {
  id: string;
  name: string;
  label: string;
  /** "West" is a region: one, several. */
  one: string;
  several: string;
}

const split = (id: string, one: string, several: string, name = id): Split => ({
  id,
  name,
  one,
  several,
  label: one,
});

/** What spend can be split by, in the order in which the page offers it. */
export const splits: readonly Split[] = [
  split('region', 'region', 'regions'),
  split('manager_id', 'manager', 'managers', 'manager_name'),
  split('rep_id', 'rep', 'reps', 'rep_name'),
  split('account_id', 'customer', 'customers', 'account_name'),
  split('segment', 'segment', 'segments'),
  split('industry', 'industry', 'industries'),
  split('country', 'country', 'countries'),
  split('product_family', 'product family', 'product families'),
  split('product_id', 'product', 'products', 'product_name'),
  split('deal_type', 'deal type', 'deal types'),
  split('motion', 'motion', 'motions'),
  split('channel', 'channel', 'channels'),
  split('discount_kind', 'kind', 'kinds'),
  split('discount_reason', 'reason', 'reasons'),
  split('discount_band', 'discount band', 'discount bands'),
  split('fiscal_quarter', 'quarter', 'quarters'),
];

/** The split that a URL names; when it names none, the first that is not filtered down to one group. */
export function splitOf(search: URLSearchParams, parameter: string, asking: Pick<Asking, 'filters'>): Split {
  const id = search.get(parameter);
  const filtered = asking.filters.map(({ dimension }) => dimension);
  if (id === null) return splits.find((split) => !filtered.includes(split.id)) ?? splits[0]!;
  const found = splits.find((candidate) => candidate.id === id);
  if (found) return found;
  throw new BadRequest(
    parameter,
    `"${id}" is no way to split spend.`,
    splits.map((candidate) => candidate.id),
  );
}

/** The splits of which the deals that the reader sees know anything; the first is always there. */
export async function splitsKnown(warehouse: Warehouse, scope: Scope): Promise<Split[]> {
  const seen = repSeen(scope, 'rep_id');
  const known = await warehouse.remember(`splits known ${JSON.stringify(scope)}`, () => {
    const counts = splits.map(({ id }) => `count(${dimensionById.get(id)!.sql.deal_line}) > 0 as ${id}`);
    return warehouse.rows<Record<string, boolean>>(
      `select ${counts.join(', ')} from marts.fact_deal_line where is_won and ${seen.test}`,
      seen.parameters,
    );
  });
  return splits.filter(({ id }, index) => index === 0 || known[0]?.[id]);
}

/** The dimensions to group by for a split. */
export const keysOf = ({ id, name }: Split): string[] => (id === name ? [id] : [id, name]);

const words: Record<string, string> = {
  cross_sell: 'cross-sell',
  none: 'no discount',
};

/** What a group is called on a page; a missing name says what is missing. */
export function groupName(split: Split, row: Record<string, unknown>): string {
  const name = row[split.name] ?? row[split.id];
  if (name === null || name === undefined) return `no ${split.one} known`;
  return words[String(name)] ?? String(name);
}
