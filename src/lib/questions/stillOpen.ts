import { alone, dealsHref, requestOf, type Asking } from '../asking/asking.ts';
import type { Column, Row } from '../design/table.ts';
import { answer, type AnswerRow } from '../metrics/answer.ts';
import type { Filter, Request, Scope } from '../metrics/request.ts';
import { addDays } from '../metrics/span.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

/** Days ahead that are looked at, and deals shown. */
const DAYS = 30;
const SHOWN = 10;

export interface StillOpen {
  columns: Column[];
  rows: Row[];
  total: Row;
  /** All open deals due in these days, of which the rows are the largest. */
  deals: number;
  discount: number;
  /** Day of the newest export. */
  today: string;
  until: string;
  href: string;
}

/** These deals with what the table says of them: asked of the few shown, since names are slow to read. */
async function described(
  warehouse: Warehouse,
  request: Request,
  deals: string[],
  scope: Scope,
): Promise<AnswerRow[]> {
  if (deals.length === 0) return [];
  const by = ['deal_id', 'deal_name', 'rep_name', 'region', 'closed_on'];
  const only: Filter = { dimension: 'deal_id', not: false, kind: 'one of', values: deals };
  const filters = [...request.filters, only];
  const { rows } = await answer(warehouse, { ...request, by, filters }, scope);
  return rows;
}

/** Open deals due in the next thirty days, by the discount they carry: what can still be changed. */
export async function stillOpen(warehouse: Warehouse, asking: Asking, scope: Scope): Promise<StillOpen> {
  const { data_on: today } = warehouse.build;
  const until = addDays(today, DAYS);
  const period = `${today}..${until}`;
  const measures = ['pipeline_discount', 'pipeline_list'];
  const sort = { id: 'pipeline_discount', descending: true };
  const [largest, all] = await Promise.all([
    answer(
      warehouse,
      requestOf(alone(asking), { measures, by: ['deal_id'], period, sort, limit: SHOWN }),
      scope,
    ),
    answer(warehouse, requestOf(alone(asking), { measures: [...measures, 'open_deals'], period }), scope),
  ]);
  const found = await described(
    warehouse,
    requestOf(alone(asking), { measures, period, sort }),
    largest.rows.map((row) => String(row.deal_id)),
    scope,
  );
  const rateOf = (discount: unknown, list: unknown) =>
    Number(list ?? 0) > 0 ? Number(discount ?? 0) / Number(list) : null;
  const text = (value: unknown) => (value === null ? null : String(value));
  const rows = found
    .filter((row) => Number(row.pipeline_discount ?? 0) > 0)
    .map((row): Row => ({
      key: String(row.deal_id),
      href: `/deals/${encodeURIComponent(String(row.deal_id))}`,
      cells: {
        deal: text(row.deal_name),
        rep: text(row.rep_name),
        region: text(row.region),
        closes: text(row.closed_on),
        rate: rateOf(row.pipeline_discount, row.pipeline_list),
        discount: Number(row.pipeline_discount),
      },
    }));
  const shown = rows.reduce((sum, row) => sum + Number(row.cells.discount), 0);
  return {
    columns: [
      { id: 'deal', label: 'Deal', sortable: false },
      { id: 'rep', label: 'Owner', sortable: false, phone: 'line' },
      { id: 'region', label: 'Region', sortable: false, phone: 'line' },
      { id: 'closes', label: 'Due', unit: 'date', sortable: false, phone: 'line' },
      { id: 'rate', label: 'Discount rate', unit: 'rate', sortable: false, phone: 'line' },
      { id: 'discount', label: 'Discount', unit: 'money', sortable: false, phone: 'figure' },
    ],
    rows,
    total: {
      key: 'shown',
      cells: { deal: `These ${rows.length}`, discount: shown },
    },
    deals: Number(all.totals.open_deals ?? 0),
    discount: Number(all.totals.pipeline_discount ?? 0),
    today,
    until,
    href: dealsHref(asking, { is_closed: 'false', period }),
  };
}
