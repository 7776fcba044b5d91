import { alone, requestOf, type Asking } from '../../asking/asking.ts';
import { answer } from '../../metrics/answer.ts';
import type { Scope } from '../../metrics/request.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { unrated } from '../exchangeRates.ts';
import { spendMeasures } from '../spend.ts';
import { exactly, numberOf, partsOf, type OnInvoice } from './onInvoice.ts';

const measures = [
  ...['list_amount', 'discount', 'uplift', 'unpriced_net', 'net_amount'],
  ...['list_coverage', 'cost_amount', 'cost_coverage', 'deals'],
];

/** From list to the invoice as deals booked it, for their whole term. */
export async function booked(warehouse: Warehouse, asking: Asking, scope: Scope): Promise<OnInvoice> {
  const [answered, kinds, left] = await Promise.all([
    answer(warehouse, requestOf(alone(asking), { measures }), scope),
    // As the table of kinds asks, so that one answer serves both.
    answer(warehouse, requestOf(asking, { measures: spendMeasures, by: ['discount_kind'] }), scope),
    unrated(warehouse, asking, scope),
  ]);
  const value = (id: string) => numberOf(answered, id) ?? 0;
  const discount = value('discount');
  const given = (of: (kind: unknown) => boolean) =>
    exactly(
      kinds.rows.reduce(
        (sum, row) => sum + (of(row.discount_kind ?? 'unknown') ? Number(row.discount ?? 0) : 0),
        0,
      ),
    );
  const decided = given((kind) => kind === 'discretionary');
  const programme = given((kind) => kind !== 'discretionary' && kind !== 'unknown');
  return {
    answered,
    counted: { n: answered.n, one: 'deal' },
    list: value('list_amount'),
    off: partsOf(discount, [
      { id: 'discretionary', label: 'Discount by people', amount: decided, alarm: true },
      { id: 'programme', label: 'Discount by programme', amount: programme, alarm: false },
      {
        id: 'other_discount',
        label: 'Discount, kind unknown',
        amount: exactly(discount - decided - programme),
        alarm: false,
      },
    ]),
    uplift: value('uplift'),
    unpriced: value('unpriced_net'),
    net: value('net_amount'),
    listCoverage: numberOf(answered, 'list_coverage'),
    cost: numberOf(answered, 'cost_amount'),
    costCoverage: numberOf(answered, 'cost_coverage'),
    untold: null,
    unrated: left,
  };
}
