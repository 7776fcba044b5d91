import { customerSeen, repSeen, type Scope } from '../access/scope.ts';
import { askedParameters } from '../design/frame.ts';
import { count, date } from '../design/formats.ts';
import { dimensionById, type Filter } from '../metrics/request.ts';
import type { Asking } from '../asking/asking.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { hrefWith } from './links.ts';
import { inWords } from './words.ts';

/** Values of one filter that are named one by one; of more the reader is told how many. */
const MOST_NAMED = 3;

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
  const all = ['true', 'false', ''];
  if (!filter.not && all.every((value) => filter.values.includes(value))) return 'may be either';
  if (filter.values.length > MOST_NAMED) return `${isNot} one of ${count(filter.values.length)} chosen`;
  const values = filter.values.map((value) =>
    value === '' ? 'not known' : (names.get(value) ?? inWords({ true: 'yes', false: 'no' }[value] ?? value)),
  );
  return `${isNot} ${values.join(' or ')}`;
}

/** Where the names of ids are found, and which rows the reader sees. Products have no owner: they are named to all. */
const namedBy = {
  deal_id: (scope: Scope) => {
    const { test, parameters } = repSeen(scope, 'rep_id');
    return { sql: `select deal_id as id, deal_name as name from marts.fact_deal where ${test}`, parameters };
  },
  account_id: (scope: Scope) => {
    const { test, parameters } = customerSeen(scope, 'account_id');
    return {
      sql: `select account_id as id, any_value(account_name) as name from marts.fact_deal where ${test} group by account_id`,
      parameters,
    };
  },
  // Partners are called by name as far as they are customers too.
  partner_id: (scope: Scope) => {
    const { test, parameters } = repSeen(scope, 'rep_id');
    return {
      sql: `select account_id as id, any_value(name) as name from core.account
        where account_id in (select partner_id from marts.fact_deal where ${test}) group by account_id`,
      parameters,
    };
  },
  product_id: () => ({
    sql: 'select product_id as id, any_value(product_name) as name from marts.fact_deal_line group by product_id',
    parameters: {},
  }),
};

/** Names of the ids that filters speak of; an id that the reader does not see stays what was typed. */
async function namesOf(warehouse: Warehouse, filters: Filter[], scope: Scope): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const filter of filters) {
    const source = namedBy[filter.dimension as keyof typeof namedBy]?.(scope);
    if (!source || filter.kind !== 'one of' || filter.values.length > MOST_NAMED) continue;
    const rows = await warehouse.rows<{ id: string; name: string }>(
      `select id, name from (${source.sql}) where id in (select unnest(from_json($ids::varchar, '["VARCHAR"]')))`,
      { ids: JSON.stringify(filter.values), ...source.parameters },
    );
    for (const { id, name } of rows) names.set(id, name);
  }
  return names;
}
