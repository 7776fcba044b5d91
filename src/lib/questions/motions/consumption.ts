import { alone, dealsHref, requestOf, type Asking } from '../../asking/asking.ts';
import type { Column, Row } from '../../design/table.ts';
import { answer } from '../../metrics/answer.ts';
import type { Filter, Scope } from '../../metrics/request.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { numberIn } from './retention.ts';

export interface Committed {
  deals: number;
  committed: number;
  proForma: number;
  /** Pro forma that stands in the amounts as if it were sold. */
  counted: number;
}

export interface Consumption {
  won: Committed;
  open: Committed;
  columns: Column[];
  rows: Row[];
}

const measures = ['consumption_deals', 'committed_amount', 'pro_forma_amount', 'pro_forma_counted'];
const stillOpen: Filter = { dimension: 'is_closed', not: false, kind: 'one of', values: ['false'] };

const columns: Column[] = [
  { id: 'name', label: 'Deals', sortable: false },
  { id: 'deals', label: 'Number', unit: 'count', sortable: false, phone: 'line' },
  { id: 'committed', label: 'Committed', unit: 'money', sortable: false, phone: 'figure' },
  { id: 'proForma', label: 'Pro forma', unit: 'money', sortable: false, phone: 'line' },
  { id: 'counted', label: 'Pro forma in the amounts', unit: 'money', sortable: false, phone: 'line' },
];

/** What consumption deals commit to and what is only expected: won in the span, and all open now; null without any. */
export async function consumption(
  warehouse: Warehouse,
  asking: Asking,
  scope: Scope,
): Promise<Consumption | null> {
  const ask = (more: object) => answer(warehouse, requestOf(alone(asking), { measures, ...more }), scope);
  const [won, open] = await Promise.all([
    ask({}),
    ask({ filters: [...asking.filters, stillOpen], period: null }),
  ]);
  const of = ({ totals }: { totals: Record<string, string | number | boolean | null> }): Committed => ({
    deals: numberIn(totals, 'consumption_deals') ?? 0,
    committed: numberIn(totals, 'committed_amount') ?? 0,
    proForma: numberIn(totals, 'pro_forma_amount') ?? 0,
    counted: numberIn(totals, 'pro_forma_counted') ?? 0,
  });
  const found = { won: of(won), open: of(open) };
  if (found.won.deals + found.open.deals === 0) return null;
  const row = (key: string, name: string, href: string, { deals, ...amounts }: Committed): Row => ({
    ...{ key, href },
    cells: { name, deals, ...amounts },
    alarm: amounts.counted > 0 ? ['counted'] : [],
  });
  return {
    ...found,
    columns,
    rows: [
      row('won', 'won in the period', dealsHref(asking, { has_commitment: 'true' }), found.won),
      row(
        'open',
        'open now',
        dealsHref(asking, { has_commitment: 'true', is_closed: 'false', period: 'all' }),
        found.open,
      ),
    ],
  };
}
