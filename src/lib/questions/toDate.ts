import { alone, requestOf, type Asking } from '../asking/asking.ts';
import { answer } from '../metrics/answer.ts';
import { BadRequest } from '../metrics/badRequest.ts';
import type { Scope } from '../metrics/request.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

export interface ToDatePoint {
  period: string;
  day: number;
  discount: number;
  is_current: boolean;
}

export interface ToDate {
  points: ToDatePoint[];
  quarter: string;
  /** Working day reached, of how many. */
  day: number;
  days: number;
  /** Spend to that day, and the median of the earlier quarters' to the same day; null where there are none. */
  now: number;
  usual: number | null;
  /** What the whole quarter may cost; null where no budget is given for what is filtered for. */
  budget: number | null;
}

/** Earlier quarters drawn beside the current one. */
const EARLIER = 4;

interface Day {
  day: string;
  fiscal_quarter: string;
  business_day_of_quarter: number;
  business_days_in_quarter: number;
}

function median(values: number[]): number | null {
  const inOrder = values.toSorted((a, b) => a - b);
  const middle = inOrder.length >> 1;
  if (inOrder.length === 0) return null;
  return inOrder.length % 2 === 1 ? inOrder[middle]! : (inOrder[middle - 1]! + inOrder[middle]!) / 2;
}

/** How far each quarter before had come by a working day; one with fewer working days had come to its end. */
export function earlierBy(day: number, points: readonly ToDatePoint[]): ToDatePoint[] {
  const reached = new Map<string, ToDatePoint>();
  for (const point of points) if (!point.is_current && point.day <= day) reached.set(point.period, point);
  return [...reached.values()];
}

/** The days of the fiscal calendar from `first` to before `last`. */
function daysOf(warehouse: Warehouse, first: string, last: string): Promise<Day[]> {
  return warehouse.remember(`fiscal days ${first} ${last}`, () =>
    warehouse.rows<Day>(
      `select day, fiscal_quarter, business_day_of_quarter, business_days_in_quarter
       from core.fiscal_day where day >= $first::date and day < $last::date order by day`,
      { first, last },
    ),
  );
}

async function budgetOf(
  warehouse: Warehouse,
  asking: Asking,
  period: string,
  scope: Scope,
): Promise<number | null> {
  try {
    const request = requestOf(alone(asking), { measures: ['discount_budget'], period });
    const { totals } = await answer(warehouse, request, scope);
    return typeof totals.discount_budget === 'number' ? totals.discount_budget : null;
  } catch (error) {
    if (error instanceof BadRequest) return null;
    throw error;
  }
}

/**
 * Discount spend of the quarter under way, adding up by working day, against the four quarters before at the
 * same working day: discounts come late in a quarter. Null where the newest quarter has no sale yet.
 */
export async function toDate(warehouse: Warehouse, asking: Asking, scope: Scope): Promise<ToDate | null> {
  const { data_on: today } = warehouse.build;
  const quarters = warehouse.periods.filter(({ kind }) => kind === 'quarter');
  const at = quarters.findIndex(({ starts_on, ends_on }) => starts_on <= today && today < ends_on);
  const shown = quarters.slice(Math.max(0, at - EARLIER), at + 1);
  const [first, current] = [shown[0], shown.at(-1)];
  if (!first || !current) return null;
  const period = `${first.starts_on}..${today}`;
  const [budget, answered, calendar] = await Promise.all([
    budgetOf(warehouse, asking, current.period, scope),
    answer(warehouse, requestOf(alone(asking), { measures: ['discount'], by: ['closed_on'], period }), scope),
    daysOf(warehouse, first.starts_on, current.ends_on),
  ]);
  const spent = new Map(answered.rows.map((row) => [row.closed_on, Number(row.discount ?? 0)]));
  const points: ToDatePoint[] = [];
  const running = new Map<string, number>();
  for (const { day, fiscal_quarter: quarter, business_day_of_quarter: number } of calendar) {
    if (day > today) break;
    const sum = (running.get(quarter) ?? 0) + (spent.get(day) ?? 0);
    running.set(quarter, sum);
    const last = points.at(-1);
    // Weekend sales fall to the working day before them.
    if (last?.period === quarter && last.day === Math.max(1, number)) last.discount = sum;
    else
      points.push({
        period: quarter,
        day: Math.max(1, number),
        discount: sum,
        is_current: quarter === current.period,
      });
  }
  const reached = points.findLast(({ is_current }) => is_current);
  if (!reached || reached.discount <= 0) return null;
  const sold = points.filter(({ period: name }) => (running.get(name) ?? 0) > 0);
  return {
    points: sold,
    quarter: current.period,
    day: reached.day,
    days: calendar.at(-1)?.business_days_in_quarter ?? reached.day,
    now: reached.discount,
    usual: median(earlierBy(reached.day, sold).map(({ discount }) => discount)),
    budget,
  };
}
