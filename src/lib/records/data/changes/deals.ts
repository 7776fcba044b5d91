import { mustSeeEverything, type Scope } from '../../../access/scope.ts';
import type { Sourced } from '../../sourced.ts';
import { ROWS_A_PAGE } from '../page.ts';
import type { Compared } from './compared.ts';

/** What is compared of a deal. */
export interface DealThen {
  deal_name: string | null;
  account_name: string | null;
  rep_name: string | null;
  region: string | null;
  stage: string | null;
  closed_on: string | null;
  fiscal_quarter: string | null;
  is_won: boolean | null;
  net_amount: number | null;
}

type Then<Prefix extends string> = { [Name in keyof DealThen as `${Prefix}_${Name}`]: DealThen[Name] };

/** A deal that is not in both builds the same; sums are of won deals, in the reporting currency. */
export interface ChangedDeal extends Then<'before'>, Then<'after'>, Sourced {
  deal_id: string;
  was_there: boolean;
  is_there: boolean;
  /** Why it moves the sums, joined by commas; `none` where it doesn't. */
  causes: string;
  list_change: number;
  net_change: number;
  discount_change: number;
}

/** Which of them: those that a cause or a fiscal quarter moved; null for any. */
export interface WhichDeals {
  cause: string | null;
  quarter: string | null;
}

const thenNames: (keyof DealThen)[] = [
  ...(['deal_name', 'account_name', 'rep_name', 'region', 'stage', 'closed_on'] as const),
  ...(['fiscal_quarter', 'is_won', 'net_amount'] as const),
];

/** Where one cause or quarter is asked for, the sums are its own. */
const ofThese = `
  select deal_id, sum(list_amount) as list_change, sum(net_amount) as net_change, sum(discount) as discount_change
  from change
  where ($cause::varchar is null or cause = $cause) and ($quarter::varchar is null or fiscal_quarter = $quarter)
  group by deal_id`;

const chosen = `
  select deal.deal_id as deal_id, was_there, is_there, array_to_string(causes, ',') as causes,
    ${['before', 'after'].flatMap((build) => thenNames.map((name) => `${build}.${name} as ${build}_${name}`)).join(', ')},
    coalesce(after.source_file, before.source_file) as source_file,
    case when is_there then after.source_line else before.source_line end as source_line,
    coalesce(these.list_change, 0) as list_change, coalesce(these.net_change, 0) as net_change,
    coalesce(these.discount_change, 0) as discount_change
  from changed_deal deal left join (${ofThese}) these using (deal_id)
  where ($cause::varchar is null or list_contains(causes, $cause))
    and ($quarter::varchar is null or list_contains(quarters, $quarter))
    and (these.deal_id is not null or coalesce($cause, 'none') = 'none')`;

const inOrder = `order by abs(net_change) desc, abs(list_change) desc, causes = 'none', deal_id`;

/** One page of the deals that differ, the largest change of net first, and how many there are. */
export async function changedDeals(
  { two }: Compared,
  which: WhichDeals,
  page: number,
  scope: Scope,
): Promise<{ rows: ChangedDeal[]; count: number; page: number; pages: number }> {
  mustSeeEverything(scope);
  const bound = { ...which };
  const [counted] = await two.rows<{ count: number }>(`select count(*) as count from (${chosen})`, bound);
  const count = counted?.count ?? 0;
  const pages = Math.max(1, Math.ceil(count / ROWS_A_PAGE));
  const shown = Math.min(page, pages);
  const rows = await two.rows<ChangedDeal>(
    `select * from (${chosen}) ${inOrder} limit ${ROWS_A_PAGE} offset $skipped::bigint`,
    { ...bound, skipped: (shown - 1) * ROWS_A_PAGE },
  );
  return { rows, count, page: shown, pages };
}

/** A part of the difference: of one deal or line, in one quarter, by one cause. */
export interface ChangeRow extends Sourced {
  deal_id: string;
  deal_name: string | null;
  deal_line_id: string | null;
  fiscal_quarter: string | null;
  cause: string;
  deals: number;
  list_amount: number;
  net_amount: number;
  discount: number;
}

/** Every part of the difference between the builds; they add up to it. */
export async function changeRows({ two }: Compared, which: WhichDeals, scope: Scope): Promise<ChangeRow[]> {
  mustSeeEverything(scope);
  return two.rows<ChangeRow>(
    `select part.deal_id as deal_id, coalesce(after.deal_name, before.deal_name) as deal_name, deal_line_id,
       fiscal_quarter, cause, part.source_file as source_file, part.source_line as source_line, deals,
       part.list_amount as list_amount, part.net_amount as net_amount, part.discount as discount
     from change part join changed_deal using (deal_id)
     where ($cause::varchar is null or cause = $cause) and ($quarter::varchar is null or fiscal_quarter = $quarter)
     order by fiscal_quarter, part.deal_id, deal_line_id, cause`,
    { ...which },
  );
}
