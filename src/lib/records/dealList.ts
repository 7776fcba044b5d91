import { repSeen, type Scope } from '../access/scope.ts';
import { alone, requestOf, type Asking } from '../asking/asking.ts';
import { answer, type AnswerRow } from '../metrics/answer.ts';
import { BadRequest } from '../metrics/badRequest.ts';
import { dimensionById } from '../metrics/request.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { answerSlice, countRows } from './slice.ts';

/** Deals on one page of the list. */
export const PAGE_SIZE = 50;

/** What the list shows of each deal in money; its columns sort by these and by the dimensions beside them. */
export const listMeasures = ['deals', 'list_amount', 'net_amount', 'discount', 'discount_rate', 'uplift'];
export const listDimensions = ['deal_name', 'account_name', 'rep_name', 'region', 'closed_on'];

export interface ListedDeal {
  deal_id: string;
  deal_name: string;
  account_id: string | null;
  account_name: string | null;
  rep_id: string | null;
  rep_name: string | null;
  region: string | null;
  closed_on: string | null;
  deal_type: string | null;
  stage: string | null;
  lines: number;
  /** Sums over the lines that fit the filters. */
  list_amount: number | null;
  net_amount: number | null;
  discount: number | null;
  discount_rate: number | null;
  uplift: number | null;
}

export interface DealList {
  deals: ListedDeal[];
  /** Sums over every deal that fits, on whatever page. */
  totals: AnswerRow;
  count: number;
  page: number;
  pages: number;
  /** Share of net whose list price is known. */
  coverage: number | null;
}

export interface Order {
  column: string;
  descending: boolean;
}

type Facts = Omit<ListedDeal, 'list_amount' | 'net_amount' | 'discount' | 'discount_rate' | 'uplift'>;

/**
 * One page of the deals that fit the asking, each once, with sums over its lines that fit. Totals are the
 * same figures that a page of sums shows for that asking. Throws BadRequest for filters that deals don't have.
 */
export async function dealList(
  warehouse: Warehouse,
  asking: Asking,
  sort: Order,
  page: number,
  scope: Scope,
): Promise<DealList> {
  const by = listDimensions.includes(sort.column) ? ['deal_id', sort.column] : ['deal_id'];
  const request = requestOf(alone(asking), {
    measures: listMeasures,
    by,
    sort: { id: sort.column, descending: sort.descending },
  });
  const rowsOf = async (at: number) =>
    (await answerSlice(warehouse, { ...request, limit: PAGE_SIZE, offset: (at - 1) * PAGE_SIZE }, scope))
      .rows;
  // The first page there always is.
  const [all, counted, first] = await Promise.all([
    answer(warehouse, { ...request, by: [], sort: null }, scope),
    asksTwoFacts(asking) ? countRows(warehouse, { ...request, by: ['deal_id'], sort: null }, scope) : null,
    page === 1 ? rowsOf(1) : null,
  ]);
  const count = counted ?? Number(all.totals.deals);
  const pages = Math.max(1, Math.ceil(count / PAGE_SIZE));
  const shown = Math.min(page, pages);
  const rows = first ?? (await rowsOf(shown));
  const facts = await factsOf(
    warehouse,
    rows.map((row) => String(row.deal_id)),
    asking.hierarchy === 'today',
    scope,
  );
  const deals = rows.flatMap((row) => {
    const fact = facts.get(String(row.deal_id));
    return fact ? [{ ...row, ...fact } as unknown as ListedDeal] : [];
  });
  return { deals, totals: all.totals, count, page: shown, pages, coverage: all.coverage };
}

/**
 * Whether deals and amounts are asked of different facts, so that a deal may have a line that fits and not be
 * counted itself: the deals listed are then more than the measure of that name says.
 */
const asksTwoFacts = ({ filters, rates }: Asking): boolean =>
  rates === 'actual' || filters.some(({ dimension }) => dimensionById.get(dimension)!.byLine === true);

/** What each of these deals is called, whose it is and when it closed. */
async function factsOf(
  warehouse: Warehouse,
  ids: string[],
  today: boolean,
  scope: Scope,
): Promise<Map<string, Facts>> {
  const seen = repSeen(scope, 'rep_id');
  const rows = await warehouse.rows<Facts>(
    `select deal_id, deal_name, account_id, account_name, rep_id, rep_name, closed_on, deal_type, stage, lines,
       case when $today then region_today else region end as region
     from marts.fact_deal
     where deal_id in (select unnest(from_json($ids::varchar, '["VARCHAR"]'))) and ${seen.test}`,
    { ids: JSON.stringify(ids), today, ...seen.parameters },
  );
  return new Map(rows.map((row) => [row.deal_id, row]));
}

/** The number of the page asked for; 1 where none is. Throws BadRequest for what is none. */
export function readPage(text: string | null): number {
  if (text === null) return 1;
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new BadRequest('page', `"${text}" is not the number of a page.`);
  return Number(text);
}

/** The sort asked for, or the largest discount first. Throws BadRequest for a column that is none. */
export function readOrder(text: string | null, standard: Order): Order {
  if (text === null) return standard;
  const column = text.replace(/^-/, '');
  const known = [...listDimensions, ...listMeasures.slice(1)];
  if (!known.includes(column)) throw new BadRequest('sort', `"${text}" is not a column of the list.`, known);
  return { column, descending: text.startsWith('-') };
}

/** Whether any filter is told line by line, so that only a part of a deal may fit. */
export function isByLine(asking: Asking): boolean {
  return asking.filters.some(({ dimension }) => {
    const { byLine, sql } = dimensionById.get(dimension)!;
    return byLine === true || (sql.deal_line !== undefined && sql.deal === undefined);
  });
}
