import { requestOf, type Asking } from '../asking/asking.ts';
import { answer } from '../metrics/answer.ts';
import type { Scope } from '../metrics/request.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

/** What discounts came to in the period asked about; null where nothing says. */
export interface Totals {
  discount: number | null;
  list: number | null;
  rate: number | null;
  /** Discount spend and rate of the period compared with; null where nothing is compared or known. */
  before: number | null;
  rateBefore: number | null;
  deals: number;
  /** Share of net whose list price is known, 0–1. */
  coverage: number | null;
}

const measures = ['discount', 'list_amount', 'discount_rate', 'deals'];

/** The figures that an asking's headline is made from, before and now; null where not known. */
export async function totalsOf(warehouse: Warehouse, asking: Asking, scope: Scope): Promise<Totals> {
  const { totals, coverage } = await answer(warehouse, requestOf(asking, { measures }), scope);
  const value = (id: string) => (typeof totals[id] === 'number' ? totals[id] : null);
  return {
    discount: value('discount'),
    list: value('list_amount'),
    rate: value('discount_rate'),
    before: value('discount_before'),
    rateBefore: value('discount_rate_before'),
    deals: value('deals') ?? 0,
    coverage,
  };
}
