import type { Asking } from '../../asking/asking.ts';
import { BadRequest } from '../../metrics/badRequest.ts';
import type { Scope } from '../../metrics/request.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { asFinding, findingColumns, type Finding, type FindingRow, type FindingStatus } from './finding.ts';
import { findingRows } from './findingRows.ts';

/** Findings on one page of the list. */
export const PAGE_SIZE = 50;

/** What the list can be sorted by, as SQL. */
const orders: Record<string, string> = {
  amount: 'amount_base',
  what: 'coalesce(deal_name, account_name)',
  owner: 'rep_name',
  kind: 'kind',
  since: 'coalesce(gone_on, first_seen_on)',
  act_by: 'act_by',
  status: 'status',
};

export interface Order {
  column: string;
  descending: boolean;
}

export const standardOrder: Order = { column: 'amount', descending: true };

/** Those that are there, or those that are gone. */
export type Shown = 'there' | 'gone';

/** The order that the address names. Throws BadRequest for a column that is none. */
export function readFindingOrder(text: string | null): Order {
  if (text === null) return standardOrder;
  const column = text.replace(/^-/, '');
  if (!Object.hasOwn(orders, column))
    throw new BadRequest('sort', `"${text}" is no column of the list.`, Object.keys(orders));
  return { column, descending: text.startsWith('-') };
}

/** Which findings the address asks for. Throws BadRequest for what is neither. */
export function readShown(text: string | null): Shown {
  if (text === null || text === 'there') return 'there';
  if (text === 'gone') return 'gone';
  throw new BadRequest('show', `"${text}" is none of the lists.`, ['there', 'gone']);
}

export interface FindingCount {
  kind: string;
  status: FindingStatus;
  state: string;
  findings: number;
  amount: number;
}

export interface FindingList {
  rows: Finding[];
  count: number;
  amount: number;
  page: number;
  pages: number;
  ignored: string[];
}

/** One page of the findings that fit the asking's filters, whatever its period. */
export async function findingList(
  warehouse: Warehouse,
  asking: Asking,
  { shown, order, page }: { shown: Shown; order: Order; page: number },
  scope: Scope,
): Promise<FindingList> {
  const { test, parameters, ignored } = findingRows(asking, scope);
  const asked = `${shown === 'there' ? '' : 'not '}is_there and ${test}`;
  const [sums] = await warehouse.rows<{ count: number; amount: number | null }>(
    `select count(*) as count, sum(amount_base) as amount from marts.fact_finding where ${asked}`,
    parameters,
  );
  const count = sums?.count ?? 0;
  const pages = Math.max(1, Math.ceil(count / PAGE_SIZE));
  const at = Math.min(page, pages);
  const rows = await warehouse.rows<FindingRow>(
    `select ${findingColumns} from marts.fact_finding where ${asked}
     order by ${orders[order.column]} ${order.descending ? 'desc' : 'asc'} nulls last, amount_base desc, finding_id
     limit ${PAGE_SIZE} offset $offset`,
    { ...parameters, offset: (at - 1) * PAGE_SIZE },
  );
  return { rows: rows.map(asFinding), count, amount: sums?.amount ?? 0, page: at, pages, ignored };
}

/** How many findings there are of each kind, status and state, for the choices above the list. */
export async function findingCounts(
  warehouse: Warehouse,
  asking: Asking,
  scope: Scope,
): Promise<FindingCount[]> {
  const chosen = ['finding_kind', 'finding_status', 'finding_state'];
  const wide = { ...asking, filters: asking.filters.filter(({ dimension }) => !chosen.includes(dimension)) };
  const { test, parameters } = findingRows(wide, scope);
  return warehouse.remember(`finding counts ${JSON.stringify([test, parameters])}`, () =>
    warehouse.rows<FindingCount>(
      `select kind, status, state, count(*) as findings, sum(amount_base) as amount
       from marts.fact_finding where ${test} group by kind, status, state`,
      parameters,
    ),
  );
}

/** One finding by its id; null where there is none or the reader may not see it. */
export async function findingById(warehouse: Warehouse, id: string, scope: Scope): Promise<Finding | null> {
  const none = { filters: [], hierarchy: 'as_closed', search: new URLSearchParams() } as unknown as Asking;
  const { test, parameters } = findingRows(none, scope);
  const [row] = await warehouse.rows<FindingRow>(
    `select ${findingColumns} from marts.fact_finding where finding_id = $id and ${test}`,
    { ...parameters, id },
  );
  return row ? asFinding(row) : null;
}
