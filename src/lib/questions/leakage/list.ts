import { customerSeen } from '../../access/scope.ts';
import type { Asking } from '../../asking/asking.ts';
import { BadRequest } from '../../metrics/badRequest.ts';
import { Bindings, condition, scopeCondition, within } from '../../metrics/conditions.ts';
import type { Scope } from '../../metrics/request.ts';
import { dimensionById } from '../../metrics/request.ts';
import { accountsWithPage } from '../../records/accountsKnown.ts';
import type { Parameters, Warehouse } from '../../warehouse/warehouse.ts';
import { causes, isCause, type Cause } from './causes.ts';
import { isMatchLoaded } from './loaded.ts';
import { standardOrder, type Order } from './order.ts';

/** One difference that billing can act on, with where each of its sides was read. Amounts are in its own currency. */
export interface Difference {
  match_id: string;
  cause: Cause;
  account_id: string | null;
  account_name: string | null;
  /** False for a customer that only the billing system knows: there is no page about it. */
  has_account: boolean;
  deal_id: string | null;
  deal_name: string | null;
  rep_name: string | null;
  product_name: string | null;
  invoice_id: string | null;
  happened_on: string | null;
  service_from: string | null;
  service_to: string | null;
  /** Of the sale, and of the bill: the same as a rule. */
  currency: string;
  billed_currency: string | null;
  sold_amount: number | null;
  billed_amount: number | null;
  credit_amount: number | null;
  /** Billed less sold, or less what was credited, in `currency`; null where the bill is in another. */
  own_difference: number | null;
  /** The same in the reporting currency; null where its currency has no rate. */
  difference: number | null;
  confidence: number | null;
  matched_by: string | null;
  /** Why nothing was found on the other side, where that is known. */
  reason: string | null;
  is_open: boolean;
  sold_file: string | null;
  sold_line: number | null;
  billed_file: string | null;
  billed_line: number | null;
}

export interface DifferenceList {
  rows: Difference[];
  count: number;
  /** Σ over every row that fits, on whatever page: what can still be billed, and what was billed too much. */
  less: number;
  more: number;
  page: number;
  pages: number;
}

/** Rows on one page of the list. */
export const PAGE_SIZE = 25;

/** What the list can be sorted by, as SQL; the largest difference first where nothing is said. */
const orders: Record<string, string> = {
  difference: 'abs(difference_base)',
  customer: 'account_name',
  deal: 'deal_name',
  cause: 'cause',
  happened_on: 'happened_on',
  confidence: 'confidence',
};

/** The order that the address names. Throws BadRequest for a column that is none. */
export function readListOrder(text: string | null): Order {
  if (text === null) return standardOrder;
  const column = text.replace(/^-/, '');
  if (!Object.hasOwn(orders, column))
    throw new BadRequest('sort', `"${text}" is no column of the list.`, Object.keys(orders));
  return { column, descending: text.startsWith('-') };
}

/** The cause that the list is narrowed to, or null for all. Throws BadRequest for one that is none. */
export function readCause(text: string | null): Cause | null {
  if (text === null) return null;
  if (!isCause(text)) throw new BadRequest('show', `"${text}" is no cause of a difference.`, causes);
  return text;
}

/** Label of the first thing filtered for that the match does not know; null where it knows all. */
export function notKnownOfBills(asking: Asking): string | null {
  const unknown = asking.filters
    .map(({ dimension }) => dimensionById.get(dimension)!)
    .find(({ sql }) => sql.billing_match === undefined);
  return unknown?.label ?? null;
}

/** The rows of the match that are asked for and that the reader sees, as a condition with what it binds. */
export function matchRows(asking: Asking, scope: Scope): { test: string; parameters: Parameters } {
  const bind = new Bindings();
  const tests = [
    ...asking.filters.map((filter) => condition(filter, 'billing_match', asking.hierarchy, bind)),
    scopeCondition(scope, 'billing_match', bind),
    ...(asking.span === null ? [] : [within(asking.span, 'happened_on', bind)]),
  ];
  return { test: tests.join(' and '), parameters: bind.values };
}

const differs = `cause in (${causes.map((cause) => `'${cause}'`).join(', ')})`;
const ofCause = '($cause::varchar is null or cause = $cause)';

/**
 * What rows tell, with the places of both their sides; `placed` is SQL that gives the rows' ids and their order, `seen`
 * tells customers that the reader sees. Which rows is decided of few columns, since the match is wide.
 */
const told = (placed: string, seen: string) => `
  with placed as (${placed}),
  part as (
    select match.*, placed.place
    from marts.fact_billing_match match
    join placed on placed.row_id = match.rowid
  )
  select part.match_id, part.cause, part.account_id, part.account_name,
    coalesce(part.account_id in (select account_id from ${accountsWithPage}) and ${seen}, false) as has_account, part.deal_id, part.deal_name, part.rep_name,
    part.product_name, part.invoice_id, part.happened_on, part.service_from, part.service_to, part.currency,
    part.billed_currency, part.sold_amount, part.billed_amount, part.credit_amount,
    case
      when part.billed_currency <> part.currency then null
      when part.cause = 'unauthorised_credit' then -part.credit_amount
      else part.billed_amount - part.sold_amount
    end as own_difference,
    part.difference_base as difference, part.confidence, part.matched_by, part.reason, part.is_open, sold.source_file as sold_file,
    sold.source_line as sold_line,
    case when part.credit_note_id is null then bill.source_file else part.source_file end as billed_file,
    case when part.credit_note_id is null then bill.source_line else part.source_line end as billed_line
  from part
  left join marts.fact_deal_line sold on sold.deal_line_id = part.deal_line_id
  left join marts.fact_invoice_line bill on bill.invoice_line_id = part.invoice_line_id
  order by part.place`;

export interface Which {
  cause: Cause | null;
  order: Order;
  page: number;
  /** Every row, for a file. */
  whole?: boolean;
}

/** One page of the differences; with `whole` every row of them. A page beyond the last is the last. */
export async function differenceList(
  warehouse: Warehouse,
  asking: Asking,
  { cause, order, page, whole = false }: Which,
  scope: Scope,
): Promise<DifferenceList> {
  const none = { rows: [], count: 0, less: 0, more: 0, page: 1, pages: 1 };
  if (!(await isMatchLoaded(warehouse))) return none;
  const { test, parameters } = matchRows(asking, scope);
  const seen = customerSeen(scope, 'part.account_id');
  const bound = { ...parameters, cause };
  const fits = `from marts.fact_billing_match where ${differs} and ${ofCause} and ${test}`;
  // What money can still be made of comes first, whatever its size.
  const openFirst = order.column === 'difference' && order.descending ? 'is_open desc, ' : '';
  const by = `${openFirst}${orders[order.column]} ${order.descending ? 'desc' : 'asc'} nulls last, match_id`;
  const rowsOf = (shown: number) => {
    const part = whole ? '' : `limit ${PAGE_SIZE} offset ${(shown - 1) * PAGE_SIZE}`;
    const placed = `select row_id, row_number() over () as place from (select rowid as row_id ${fits} order by ${by} ${part})`;
    return warehouse.rows<Difference>(told(placed, seen.test), { ...bound, ...seen.parameters });
  };
  const [[sums], asked] = await Promise.all([
    warehouse.rows<{ count: number; less: number | null; more: number | null }>(
      `select count(*) as count, -sum(difference_base) filter (is_open) as less,
         sum(difference_base) filter (difference_base > 0 and cause in ('price', 'quantity')) as more ${fits}`,
      bound,
    ),
    rowsOf(page),
  ]);
  const count = sums?.count ?? 0;
  if (count === 0) return none;
  const pages = Math.max(1, Math.ceil(count / PAGE_SIZE));
  const shown = Math.min(page, pages);
  const rows = shown === page ? asked : await rowsOf(shown);
  return { rows, count, less: sums?.less ?? 0, more: sums?.more ?? 0, page: shown, pages };
}

/** The largest differences of each cause, largest first. */
export async function largestOfEach(
  warehouse: Warehouse,
  asking: Asking,
  many: number,
  scope: Scope,
): Promise<Map<Cause, Difference[]>> {
  if (!(await isMatchLoaded(warehouse))) return new Map();
  const { test, parameters } = matchRows(asking, scope);
  const seen = customerSeen(scope, 'part.account_id');
  const rows = await warehouse.rows<Difference>(
    told(
      `select rowid as row_id,
        row_number() over (partition by cause order by abs(difference_base) desc nulls last, match_id) as place
      from marts.fact_billing_match where ${differs} and ${test} qualify place <= $many`,
      seen.test,
    ),
    { ...parameters, ...seen.parameters, many },
  );
  const found = new Map<Cause, Difference[]>();
  for (const row of rows) found.set(row.cause, [...(found.get(row.cause) ?? []), row]);
  return found;
}
