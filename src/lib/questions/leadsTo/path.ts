import type { Asking } from '../../asking/asking.ts';
import type { Scope } from '../../metrics/request.ts';
import { fitMix, solverOf, valueAt, type MixCell } from '../../statistics/mixModel.ts';
import { nextOutcome, type NextOutcome, type Path } from '../../statistics/nextOutcome.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { minimumEffectOf } from '../coaching/effects.ts';
import { askedDeals, askedKey, SIZE } from './asked.ts';
import { BAND, bands } from './bands.ts';

/** Deals are read one by one, so of many more than these only every so manieth customer is read, with all deals. */
const MOST_DEALS = 20_000;
/** Deals of a path that are drawn. */
const LONGEST = 5;

export interface PathPoint {
  band: string;
  /** The customer's first, second … deal. */
  number: number;
  rate: number;
  deals: number;
}

export interface DiscountPath {
  /** Discount rate by the deal's number and the band of the first deal's discount. */
  points: PathPoint[];
  /** Whether a discount beyond what such deals get goes with the next one. */
  next: NextOutcome;
  deals: number;
  /** Every so manieth customer was read. */
  everySoMany: number;
}

interface DealRow {
  account_id: string;
  rate: number;
  segment: string;
  deal_type: string;
  family: string;
  size: string;
  quarter: string;
  every_so_many: number;
}

const factors = ['segment', 'deal_type', 'family', 'size', 'quarter'] as const;

/** What each deal's discount is beyond that of deals like it, in shares of list. */
function excesses(rows: readonly DealRow[]): number[] {
  const cells = rows.map(({ account_id, rate, ...row }): MixCell => ({
    ...{ unit: account_id, levels: factors.map((factor) => row[factor]) },
    ...{ deals: 1, weight: 1, squares: 1, outcome: rate, counted: 1, countedSquares: 1 },
    ...{ rates: rate, squaredRates: rate * rate },
  }));
  const ordered = (name: string) => name === 'size' || name === 'quarter';
  const model = fitMix(
    cells,
    factors.map((name) => ({ name, prior: 1, ordered: ordered(name) })),
  );
  if (!model) return rows.map(() => 0);
  const coefficients = solverOf(model.all, null, model.prior).fit('rates');
  return model.cells.map(({ columns }, at) => rows[at]!.rate - valueAt(coefficients, columns));
}

/** Paths of customers with two deals or more, each deal by its departure from deals like it. */
function pathsOf(rows: readonly DealRow[]): Path[] {
  const found = new Map<string, number[]>();
  excesses(rows).forEach((excess, at) => {
    const { account_id } = rows[at]!;
    const path = found.get(account_id);
    if (path) path.push(excess);
    else found.set(account_id, [excess]);
  });
  return [...found].flatMap(([unit, outcomes]) => (outcomes.length > 1 ? [{ unit, outcomes }] : []));
}

async function workOut(warehouse: Warehouse, asking: Asking, scope: Scope): Promise<DiscountPath> {
  const { tables, parameters } = askedDeals(warehouse, asking, scope);
  const [rows, points] = await Promise.all([
    warehouse.rows<DealRow>(
      `with ${tables},
       sample as (select greatest(1, count(*) // ${MOST_DEALS}) as every_so_many from mine)
       select account_id, (discount_base / list_base)::double as rate, coalesce(segment, '') as segment,
         coalesce(deal_type, '') as deal_type, coalesce(product_family, '') as family, ${SIZE} as size,
         coalesce(fiscal_quarter, '') as quarter, every_so_many
       from mine cross join sample
       where list_base > 0 and hash(account_id::varchar) % every_so_many = 0
       order by account_id, number`,
      parameters,
    ),
    warehouse.rows<PathPoint>(
      `with ${tables},
       first as (select account_id, ${BAND} as band from mine where is_first and list_base > 0)
       select band, number, (sum(discount_base) / sum(list_base))::double as rate, count(*) as deals
       from mine join first using (account_id)
       where list_base > 0 and number <= ${LONGEST}
       group by band, number order by band, number`,
      parameters,
    ),
  ]);
  // A point of discount on ten is the smallest difference worth acting on.
  const smallest = minimumEffectOf(warehouse, 'discount_rate') / 0.1;
  return {
    points: points.filter(({ band }) => bands.includes(band)),
    next: nextOutcome(pathsOf(rows), smallest),
    deals: rows.length,
    everySoMany: rows[0]?.every_so_many ?? 1,
  };
}

/** Customers' discounts from one deal to the next, as far as list prices are known. */
export const discountPath = (warehouse: Warehouse, asking: Asking, scope: Scope): Promise<DiscountPath> =>
  warehouse.remember(`discountPath ${askedKey(asking, scope)}`, () => workOut(warehouse, asking, scope));
