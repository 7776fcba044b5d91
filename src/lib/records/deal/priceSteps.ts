import type { RowOf } from '../../charts/chart.ts';
import type { waterfall } from '../../charts/waterfall.ts';
import { answer } from '../../metrics/answer.ts';
import { plainRequest, type Request, type Scope } from '../../metrics/request.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';

type Bar = RowOf<(typeof waterfall)['columns']>;

export interface PriceSteps {
  bars: Bar[];
  /** In the reporting currency, by measure. */
  sums: Record<string, number | null>;
}

const measures = [
  'list_amount',
  'discount',
  'discount_rate',
  'uplift',
  'unpriced_net',
  'net_amount',
  'cost_amount',
  'gross_margin',
  'cost_coverage',
];

/** The request for one deal, whether won, lost or open. */
export const onlyDeal = (id: string): Request =>
  plainRequest({
    measures,
    filters: [
      { dimension: 'deal_id', not: false, kind: 'one of', values: [id] },
      { dimension: 'is_won', not: false, kind: 'one of', values: ['true', 'false', ''] },
    ],
  });

const turned = (value: number | null) => (value === null ? null : -value);

/**
 * From list to what is left of it, in the reporting currency: list − discount + uplift + unpriced = net, and
 * net − cost = margin where the cost of every line is known. Steps of nothing are left out.
 */
export async function priceSteps(warehouse: Warehouse, id: string, scope: Scope): Promise<PriceSteps> {
  const { totals } = await answer(warehouse, onlyDeal(id), scope);
  const sums = totals as Record<string, number | null>;
  const get = (name: string) => sums[name] ?? null;
  const isCostWhole = get('cost_coverage') === 1;
  const steps: (Omit<Bar, 'coverage' | 'alarm'> & { coverage?: number | null })[] = [
    { id: 'list', label: 'List', amount: get('list_amount'), kind: 'total' },
    { id: 'discount', label: 'Discount', amount: turned(get('discount')), kind: 'step' },
    { id: 'uplift', label: 'Uplift', amount: get('uplift') || null, kind: 'step' },
    { id: 'unpriced', label: 'Without list price', amount: get('unpriced_net') || null, kind: 'step' },
    { id: 'net', label: 'Net', amount: get('net_amount'), kind: 'total' },
    {
      id: 'cost',
      label: 'Unit cost',
      amount: turned(get('cost_amount')),
      kind: 'step',
      coverage: isCostWhole ? null : get('cost_coverage'),
    },
    { id: 'margin', label: 'Margin', amount: isCostWhole ? get('gross_margin') : null, kind: 'total' },
  ];
  const bars = steps.map((step): Bar => ({ coverage: null, alarm: false, ...step }));
  return { bars, sums };
}
