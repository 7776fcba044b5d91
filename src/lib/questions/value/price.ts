import type { Asking } from '../../asking/asking.ts';
import type { Scope } from '../../metrics/request.ts';
import type { Interval } from '../../statistics/bootstrap.ts';
import { criticalT } from '../../statistics/studentT.ts';
import { MINIMUM_DEALS } from '../../statistics/standOut.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { ask, numberIn, textIn } from './asked.ts';

/** A deal with its price against what it is worth; amounts in the reporting currency. */
export interface PricedDeal {
  deal_id: string;
  deal_name: string;
  account_id: string | null;
  account_name: string | null;
  rep_name: string | null;
  evidence: string | null;
  value: number;
  /** Price ÷ value; null where value is zero or less. */
  share: number | null;
  lessPrice: number | null;
  captured: number | null;
  isAbove: boolean;
}

export interface PriceAgainstValue {
  deals: number;
  share: number | null;
  interval: Interval | null;
  lessPrice: number | null;
  captured: number | null;
  withNextBest: number;
  above: number;
  undefinedValue: number;
  /** The deals that charge most of the value, flagged ones first. */
  list: PricedDeal[];
}

/** Deals listed. */
const SHOWN = 25;

const figures = [
  'deals_with_value',
  'price_to_value',
  'price_to_value_error',
  'value_less_price',
  'differentiation_captured',
  'deals_with_next_best',
  'deals_priced_above_value',
  'deals_with_undefined_value',
];
const keys = ['deal_id', 'deal_name', 'account_id', 'account_name', 'rep_name', 'value_evidence'];
const ofDeals = [
  'price_to_value',
  'value_recorded',
  'value_less_price',
  'differentiation_captured',
  'deals_priced_above_value',
];

/** Price against value over all deals with both, and the deals that charge the largest share; null without any. */
export async function priceAgainstValue(
  warehouse: Warehouse,
  asking: Asking,
  scope: Scope,
): Promise<PriceAgainstValue | null> {
  const dearest = { measures: ofDeals, by: keys, sort: { id: 'price_to_value', descending: true } };
  const senseless = { measures: ['deals_with_undefined_value', ...ofDeals], by: keys };
  const [whole, top] = await Promise.all([
    ask(warehouse, asking, scope, { measures: figures }),
    ask(warehouse, asking, scope, { ...dearest, limit: SHOWN }),
  ]);
  const { totals } = whole;
  const number = (id: string) => numberIn(totals, id);
  const undefinedValue = number('deals_with_undefined_value') ?? 0;
  const deals = number('deals_with_value') ?? 0;
  if (deals + undefinedValue === 0) return null;
  const without =
    undefinedValue > 0
      ? (
          await ask(warehouse, asking, scope, {
            ...senseless,
            sort: { id: 'deals_with_undefined_value', descending: true },
            limit: Math.min(SHOWN, undefinedValue),
          })
        ).rows
      : [];
  const share = number('price_to_value');
  const error = number('price_to_value_error');
  const reach = error === null || deals < MINIMUM_DEALS ? null : criticalT(0.05, deals - 1) * error;
  return {
    ...{ deals, share, undefinedValue },
    interval: share === null || reach === null ? null : { low: share - reach, high: share + reach },
    lessPrice: number('value_less_price'),
    captured: number('differentiation_captured'),
    withNextBest: number('deals_with_next_best') ?? 0,
    above: number('deals_priced_above_value') ?? 0,
    list: [...without, ...top.rows.filter((row) => numberIn(row, 'price_to_value') !== null)]
      .slice(0, SHOWN)
      .map((row) => ({
        deal_id: textIn(row, 'deal_id')!,
        deal_name: textIn(row, 'deal_name') ?? textIn(row, 'deal_id')!,
        account_id: textIn(row, 'account_id'),
        account_name: textIn(row, 'account_name'),
        rep_name: textIn(row, 'rep_name'),
        evidence: textIn(row, 'value_evidence'),
        value: numberIn(row, 'value_recorded') ?? 0,
        share: numberIn(row, 'price_to_value'),
        lessPrice: numberIn(row, 'value_less_price'),
        captured: numberIn(row, 'differentiation_captured'),
        isAbove: (numberIn(row, 'deals_priced_above_value') ?? 0) > 0,
      })),
  };
}
