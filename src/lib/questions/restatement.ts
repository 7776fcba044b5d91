import { alone, requestOf, type Asking } from '../asking/asking.ts';
import { answer } from '../metrics/answer.ts';
import { BadRequest } from '../metrics/badRequest.ts';
import type { Filter, Scope } from '../metrics/request.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

/** Whether the build keeps what later exports changed; one made by an earlier version does not. */
async function isKept(warehouse: Warehouse): Promise<boolean> {
  const [found] = await warehouse.remember('restatements kept', () =>
    warehouse.rows<{ kept: boolean }>(
      `select count(*) > 0 as kept from information_schema.tables
       where table_schema = 'marts' and table_name = 'fact_restatement'`,
    ),
  );
  return found?.kept ?? false;
}

/**
 * What exports changed of the discount spend of the period compared with, after it was over, in the reporting currency
 * at plan rates. 0 where nothing was changed, or where it is not known by what is asked for.
 */
export async function restatedDiscount(warehouse: Warehouse, asking: Asking, scope: Scope): Promise<number> {
  const { before } = asking;
  if (!before?.from || !before.to || asking.rates !== 'plan' || asking.credit !== 'owner') return 0;
  if (!(await isKept(warehouse))) return 0;
  const { from, to } = before;
  const quarters = warehouse.periods.filter(
    ({ kind, starts_on: start, ends_on: end }) => kind === 'quarter' && start >= from && end <= to,
  );
  // Changes are known by quarter: of a span that cuts through one they can't be told.
  const whole = quarters.length > 0 && quarters[0]!.starts_on === from && quarters.at(-1)!.ends_on === to;
  if (!whole) return 0;
  const values = quarters.map(({ period }) => period);
  const ofQuarters: Filter = { dimension: 'fiscal_quarter', not: false, kind: 'one of', values };
  try {
    const request = requestOf(alone(asking), { measures: ['restated_discount'], period: null });
    const found = await answer(warehouse, { ...request, filters: [...request.filters, ofQuarters] }, scope);
    return Number(found.totals.restated_discount ?? 0);
  } catch (error) {
    if (error instanceof BadRequest) return 0;
    throw error;
  }
}
