import { customerSeen, type Scope } from '../access/scope.ts';
import { askedParameters } from '../design/frame.ts';
import { date } from '../design/formats.ts';
import { dimensionById, type Filter } from '../metrics/request.ts';
import type { Asking } from '../asking/asking.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { hrefWith } from './links.ts';
import { inWords } from './words.ts';

export interface FurtherFilter {
  /** "Product" */
  label: string;
  /** "is Aurora Base", "is not known" */
  says: string;
  /** The same page without it. */
  without: string;
}

/** Filters that the sentence at the top has no word for, each with the way out of it. */
export async function furtherFilters(
  warehouse: Warehouse,
  asking: Asking,
  url: URL,
  scope: Scope,
): Promise<FurtherFilter[]> {
  const names = await namesOf(warehouse, asking.filters, scope);
  return asking.filters
    .filter(({ dimension, not }) => not || !(askedParameters as readonly string[]).includes(dimension))
    .map((filter) => ({
      label: dimensionById.get(filter.dimension)!.label.replace(' (id)', ''),
      says: saysOf(filter, names),
      without: hrefWith(url, filter.not ? `${filter.dimension}!` : filter.dimension, null),
    }));
}

function saysOf(filter: Filter, names: Map<string, string>): string {
  const isNot = filter.not ? 'is not' : 'is';
  const isDate = dimensionById.get(filter.dimension)?.type === 'date';
  if (filter.kind === 'between') {
    const [from, to] = [filter.from, filter.to].map((end) => (end !== null && isDate ? date(end) : end));
    if (from === null) return `${isNot} up to ${to}`;
    return to === null ? `${isNot} from ${from} on` : `${isNot} from ${from} to ${to}`;
  }
  const values = filter.values.map((value) =>
    value === '' ? 'not known' : (names.get(value) ?? inWords({ true: 'yes', false: 'no' }[value] ?? value)),
  );
  return `${isNot} ${values.join(' or ')}`;
}

/** Where the names of ids are found. Products have no owner: they are named to all. */
const namedBy = {
  account_id: (seen: string) =>
    `select account_id as id, any_value(account_name) as name from marts.fact_deal where ${seen} group by account_id`,
  product_id: () =>
    'select product_id as id, any_value(product_name) as name from marts.fact_deal_line group by product_id',
};

/** Names of the ids that filters speak of; an id that the reader does not see stays what was typed. */
async function namesOf(warehouse: Warehouse, filters: Filter[], scope: Scope): Promise<Map<string, string>> {
  const seen = customerSeen(scope, 'account_id');
  const names = new Map<string, string>();
  for (const filter of filters) {
    const sql = namedBy[filter.dimension as keyof typeof namedBy];
    if (!sql || filter.kind !== 'one of') continue;
    const rows = await warehouse.rows<{ id: string; name: string }>(
      `select id, name from (${sql(seen.test)}) where id in (select unnest(from_json($ids::varchar, '["VARCHAR"]')))`,
      { ids: JSON.stringify(filter.values), ...(filter.dimension === 'account_id' ? seen.parameters : {}) },
    );
    for (const { id, name } of rows) names.set(id, name);
  }
  return names;
}
