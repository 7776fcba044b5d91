import { requestOf } from '../../asking/asking.ts';
import { answer, type AnswerRow } from '../../metrics/answer.ts';
import type { Scope } from '../../metrics/request.ts';
import { forecastAccuracy, type Forecast, type ForecastAccuracy } from '../../statistics/forecastAccuracy.ts';
import { judge, type Judged } from '../../statistics/verdict.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { leadTimes, type ForecastChoice } from './choice.ts';

export interface QuarterForecast {
  quarter: string;
  /** The day after its last. */
  ends_on: string;
  forecast: number | null;
  /** Null while the quarter is under way. */
  actual: number | null;
  /** What was won in the quarter before, and in the same one a year before; null where it is not known. */
  last: number | null;
  yearAgo: number | null;
}

export interface LeadAccuracy {
  weeks: number;
  quarters: QuarterForecast[];
  /** Null where no quarter is over. */
  accuracy: ForecastAccuracy | null;
  skillYearAgo: ForecastAccuracy['skill'] | null;
  /** The bias with quarters as the sample; null with fewer than two. */
  bias: Judged | null;
}

export interface Accuracy {
  leads: LeadAccuracy[];
  /** Quarters over with a forecast, at the lead time that has most. */
  quarters: number;
}

const number = (row: AnswerRow | undefined, id: string) => (typeof row?.[id] === 'number' ? row[id] : null);

/**
 * Bias of quarters as a ratio, with quarters as the sample: Cochran 1977, Sampling Techniques, section 6.4.
 * `minimum` is the smallest bias worth acting on.
 */
function biasOf(quarters: readonly QuarterForecast[], minimum: number): Judged | null {
  const over = quarters.filter(({ forecast, actual }) => forecast !== null && actual !== null);
  const n = over.length;
  const actual = over.reduce((sum, row) => sum + row.actual!, 0);
  if (n < 2 || !(actual > 0)) return null;
  const estimate = over.reduce((sum, row) => sum + row.forecast! - row.actual!, 0) / actual;
  const squares = over.reduce(
    (sum, row) => sum + (row.forecast! - row.actual! - estimate * row.actual!) ** 2,
    0,
  );
  return judge({ estimate, error: Math.sqrt((squares * n) / (n - 1)) / actual, df: n - 1 }, minimum);
}

/** The smallest bias worth acting on, as a fraction, by the build's configuration. */
function minimumBias(warehouse: Warehouse): number {
  const settings = JSON.parse(warehouse.build.configuration) as {
    minimumEffect?: { forecast_bias?: number };
  };
  return (settings.minimumEffect?.forecast_bias ?? 5) / 100;
}

/** How good the chosen forecast was at each lead time, over the quarters asked for that are over. */
export async function accuracy(
  warehouse: Warehouse,
  choice: ForecastChoice,
  scope: Scope,
): Promise<Accuracy> {
  const { kind, asking } = choice;
  const all = { ...asking, period: null };
  const [said, won] = await Promise.all([
    answer(
      warehouse,
      requestOf(all, { measures: [kind.measure, kind.actual], by: ['fiscal_quarter', 'weeks_before'] }),
      scope,
    ),
    kind.id === 'submitted'
      ? null
      : answer(warehouse, requestOf(all, { measures: ['net_amount'], by: ['fiscal_quarter'] }), scope),
  ]);
  const calendar = warehouse.periods.filter((period) => period.kind === 'quarter');
  const within = (day: string) =>
    asking.span === null ||
    ((asking.span.from === null || day >= asking.span.from) &&
      (asking.span.to === null || day < asking.span.to));
  const wonIn = (quarter: string | undefined, weeks: number): number | null => {
    if (quarter === undefined) return null;
    if (won)
      return number(
        won.rows.find((row) => row.fiscal_quarter === quarter),
        'net_amount',
      );
    const row = said.rows.find((one) => one.fiscal_quarter === quarter && one.weeks_before === weeks);
    return number(row, kind.actual);
  };
  const leads = leadTimes.map((weeks): LeadAccuracy => {
    const quarters = said.rows
      .filter((row) => row.weeks_before === weeks && number(row, kind.measure) !== null)
      .flatMap((row): QuarterForecast[] => {
        const at = calendar.findIndex(({ period }) => period === row.fiscal_quarter);
        const period = calendar[at];
        if (!period || !within(period.starts_on)) return [];
        const isOver = period.ends_on <= warehouse.build.data_on;
        return [
          {
            quarter: period.period,
            ends_on: period.ends_on,
            forecast: number(row, kind.measure),
            actual: isOver ? (number(row, kind.actual) ?? 0) : null,
            last: wonIn(calendar[at - 1]?.period, weeks),
            yearAgo: wonIn(calendar[at - 4]?.period, weeks),
          },
        ];
      })
      .toSorted((a, b) => a.ends_on.localeCompare(b.ends_on));
    const over = quarters.filter(({ actual }) => actual !== null);
    const against = (naive: 'last' | 'yearAgo') =>
      forecastAccuracy(
        over.map((row): Forecast => ({
          period: row.quarter,
          forecast: row.forecast!,
          actual: row.actual!,
          naive: row[naive],
        })),
      );
    return {
      weeks,
      quarters,
      accuracy: over.length > 0 ? against('last') : null,
      skillYearAgo: over.length > 0 ? against('yearAgo').skill : null,
      bias: biasOf(quarters, minimumBias(warehouse)),
    };
  });
  return { leads, quarters: Math.max(0, ...leads.map((lead) => lead.accuracy?.periods ?? 0)) };
}
