import { alone, requestOf, type Asking } from '../../asking/asking.ts';
import { answer, type Answer } from '../../metrics/answer.ts';
import type { Scope } from '../../metrics/request.ts';
import { MINIMUM_DEALS } from '../../statistics/standOut.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';

export interface LeakQuarter {
  period: string;
  /** Billed less than sold, in the reporting currency. */
  less: number;
  /** Of what came due, 0 to 1; null where too few lines came due, or the quarter is not over. */
  share: number | null;
  /** The share four quarters before. */
  before: number | null;
  lines: number;
  is_open: boolean;
}

/** Quarters shown: three years. */
const SHOWN = 12;

/** What was billed less than sold, by the quarter in which it came due, up to the newest export. */
export async function leakCourse(
  warehouse: Warehouse,
  asking: Asking,
  scope: Scope,
): Promise<{ quarters: LeakQuarter[]; answered: Answer }> {
  const measures = ['sold_due', 'under_billed', 'lines_due'];
  const request = requestOf(alone(asking), { measures, by: ['fiscal_quarter'], period: null });
  const answered = await answer(warehouse, request, scope);
  const found = new Map(answered.rows.map((row) => [row.fiscal_quarter, row]));
  const { data_on: today } = warehouse.build;
  const all = warehouse.periods.filter(({ kind, starts_on }) => kind === 'quarter' && starts_on <= today);
  const known = all.filter(({ period }) => Number(found.get(period)?.lines_due ?? 0) > 0);
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last) return { quarters: [], answered };
  const number = (period: string | undefined, id: string) => Number(found.get(period ?? '')?.[id] ?? 0);
  const share = (period: string | undefined) => {
    const due = number(period, 'sold_due');
    return due > 0 && number(period, 'lines_due') >= MINIMUM_DEALS
      ? number(period, 'under_billed') / due
      : null;
  };
  const reached = all.slice(all.indexOf(first), all.indexOf(last) + 1).slice(-SHOWN);
  const quarters = reached.map(({ period, ends_on }): LeakQuarter => {
    const isOpen = ends_on > today;
    return {
      period,
      less: number(period, 'under_billed'),
      share: isOpen ? null : share(period),
      before: share(all[all.findIndex((quarter) => quarter.period === period) - 4]?.period),
      lines: number(period, 'lines_due'),
      is_open: isOpen,
    };
  });
  return { quarters, answered };
}
