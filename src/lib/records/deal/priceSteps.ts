import type { Asking } from '../../asking/asking.ts';
import { answer } from '../../metrics/answer.ts';
import { plainRequest, type Request, type Scope } from '../../metrics/request.ts';
import { waterfall, type Waterfall } from '../../questions/waterfall.ts';
import type { Basis } from '../../questions/waterfall/onInvoice.ts';
import { requestsOfBars } from '../../questions/waterfall/requestsOfBars.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';

export interface PriceSteps {
  /** Steps of nothing are left out. */
  bars: Waterfall['bars'];
  waterfall: Waterfall;
  /** What the bars were asked with. */
  requests: [Request, ...Request[]];
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

/** What the waterfall is asked for one deal, over all time. */
const aboutDeal = (id: string): Asking => ({
  ...{ period: null, compare: null, rates: 'plan', hierarchy: 'as_closed', credit: 'owner' },
  ...{ span: null, before: null, isOpen: false, search: new URLSearchParams() },
  filters: onlyDeal(id).filters,
});

/**
 * From list to what is left of it, in the reporting currency, as the deal was booked, whether won, lost or open, or as
 * it was billed so far: down to pocket margin as far as credits and payments name the deal.
 */
export async function priceSteps(
  warehouse: Warehouse,
  id: string,
  scope: Scope,
  basis: Basis = 'booked',
): Promise<PriceSteps> {
  const about = aboutDeal(id);
  // Bills are not won or lost.
  const asking = { ...about, filters: basis === 'billed' ? about.filters.slice(0, 1) : about.filters };
  const [{ totals }, steps] = await Promise.all([
    answer(warehouse, onlyDeal(id), scope),
    waterfall(warehouse, asking, scope, basis, true),
  ]);
  const bars = steps.bars.filter(({ kind, amount }) => kind === 'total' || amount !== 0);
  return {
    ...{ bars, waterfall: steps, requests: requestsOfBars(steps, asking) },
    sums: totals as Record<string, number | null>,
  };
}
