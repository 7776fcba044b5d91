import { customerSeen, repSeen, type Scope } from '../access/scope.ts';
import { date } from '../design/formats.ts';
import type { SearchHit } from '../design/frame.ts';
import { pageGroups } from '../design/pages.ts';
import { describeMetrics } from '../metrics/catalog.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { isolated } from './isolated.ts';
import { accountHref, dealHref, dealsHref } from './links.ts';
import { personHref } from './teamLinks.ts';

/** The most hits of one answer, and of one kind while other kinds have some too. */
const MOST = 12;
const MOST_OF_A_KIND = 4;

interface Found extends SearchHit {
  /** 0 where the name begins so, 1 where a word in it does, 2 where it is somewhere inside. */
  rank: number;
}

interface Row {
  kind: 'rep' | 'customer' | 'deal' | 'product';
  id: string;
  label: string;
  detail: string | null;
  /** Of deals, `YYYY-MM-DD`: two of one name and customer are told apart by it. */
  closed_on: string | null;
  rank: number;
}

/**
 * Every rep, customer, product and deal that the reader sees with the typed text in its name, case and accents
 * aside; `rep` and `account` say who is seen, and products are for all. The text is compared, not matched as a
 * pattern, so that % and _ are what they are.
 */
const namesLike = (rep: string, account: string) => `
  with thing as (
    select 'rep' as kind, rep_id as id, any_value(rep_name) as label, any_value(region) as detail,
      null::date as closed_on
    from marts.fact_deal where rep_id is not null and ${rep} group by rep_id
    union all
    select 'customer', account_id, coalesce(max_by(name, coalesce(valid_from, date '0001-01-01')), account_id),
      any_value(segment), null
    from core.account where ${account} group by account_id
    union all
    select 'customer', account_id, any_value(account_name), null, null
    from marts.fact_deal where account_id not in (select account_id from core.account) and ${account} group by account_id
    union all
    select 'product', product_id, coalesce(any_value(name), product_id), any_value(family), null
    from core.product group by product_id
    union all
    select 'deal', deal_id, deal_name, account_name, closed_on from marts.fact_deal where ${rep}
  ),
  named as (
    select *, lower(strip_accents(label)) as name, lower(strip_accents($typed)) as typed from thing
  )
  select kind, id, label, detail, closed_on,
    case
      when starts_with(name, typed) or id = $typed then 0
      when contains(name, ' ' || typed) then 1
      else 2
    end as rank
  from named
  where contains(name, typed) or id = $typed
  qualify row_number() over (partition by kind order by rank, label, id) <= $most`;

const hrefs: Record<Row['kind'], (id: string) => string> = {
  rep: (id) => personHref('rep', id),
  customer: accountHref,
  deal: dealHref,
  product: (id) => dealsHref({ product_id: id, period: 'all' }),
};

const order = ['page', 'rep', 'customer', 'product', 'deal', 'metric'];

/**
 * Up to twelve reps, customers, products, deals, metrics and pages by name; those that begin so first. Of people,
 * customers and deals only those that the reader sees.
 */
export async function search(warehouse: Warehouse, text: string, scope: Scope): Promise<SearchHit[]> {
  const typed = text.trim().slice(0, 200);
  if (typed === '') return [];
  const rep = repSeen(scope, 'rep_id');
  const account = customerSeen(scope, 'account_id');
  const rows = await warehouse.rows<Row>(namesLike(rep.test, account.test), {
    typed,
    most: MOST,
    ...rep.parameters,
  });
  const named = rows.map((row): Found => {
    const { kind, id, label, rank } = row;
    const detail = detailOf(row);
    return { kind, label, href: hrefs[kind](id), rank, ...(detail ? { detail } : {}) };
  });
  const found = [...named, ...ownPlaces(typed.toLowerCase())].sort(
    (a, b) => a.rank - b.rank || order.indexOf(a.kind) - order.indexOf(b.kind),
  );
  return fewest(found).map(({ rank: _, ...hit }) => hit);
}

/** What tells two of one name apart; for a deal its customer and when it closed or is expected to. */
const detailOf = ({ detail, closed_on }: Row): string =>
  [detail && closed_on ? isolated(detail) : detail, closed_on && date(closed_on)].filter(Boolean).join(', ');

/** Pages and metrics, whose names are ours. */
function ownPlaces(typed: string): Found[] {
  const pages = pageGroups.flatMap((group) => group.pages).map((page) => ({ kind: 'page', ...page }));
  const metrics = describeMetrics().map(({ id, label, kind }) => {
    return { kind: 'metric', label, detail: kind, href: `/metrics#${id}` };
  });
  return [...pages, ...metrics]
    .map((hit) => ({ ...hit, rank: rankOf(hit.label.toLowerCase(), typed) }))
    .filter(({ rank }) => rank <= 2);
}

function rankOf(name: string, typed: string): number {
  if (name.startsWith(typed)) return 0;
  if (name.includes(` ${typed}`)) return 1;
  return name.includes(typed) ? 2 : 3;
}

/** No kind crowds out another; what room is left goes to the best of the rest. */
function fewest(found: Found[]): Found[] {
  const seen = new Map<string, number>();
  const first = found.filter(({ kind }) => {
    seen.set(kind, (seen.get(kind) ?? 0) + 1);
    return seen.get(kind)! <= MOST_OF_A_KIND;
  });
  const chosen = new Set([...first, ...found.filter((hit) => !first.includes(hit))].slice(0, MOST));
  return found.filter((hit) => chosen.has(hit));
}
