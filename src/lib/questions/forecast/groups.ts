import { requestOf } from '../../asking/asking.ts';
import { answer, type AnswerRow } from '../../metrics/answer.ts';
import type { Scope } from '../../metrics/request.ts';
import { forecastAccuracy } from '../../statistics/forecastAccuracy.ts';
import { judgeBias, type JudgedForecast } from '../../statistics/forecastBias.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { groupName, keysOf } from '../splits.ts';
import { atLead, type ForecastChoice } from './choice.ts';

export interface GroupAccuracy extends JudgedForecast {
  id: string | null;
  /** Σ|F − A| ÷ Σ|A| over quarters. */
  wape: number | null;
  quarters: number;
}

const value = (row: AnswerRow, id: string) => (typeof row[id] === 'number' ? row[id] : null);

/**
 * Forecast and actual of each group of the chosen split at the chosen lead time, over the quarters asked for that
 * are over, each judged with deals as the sample. What was submitted says no deals, and so is not judged.
 */
export async function forecastGroups(
  warehouse: Warehouse,
  choice: ForecastChoice,
  scope: Scope,
): Promise<GroupAccuracy[]> {
  const { kind, split, weeks, asking } = choice;
  const at = { ...asking, filters: [...asking.filters, atLead(weeks)] };
  const measures =
    kind.id === 'submitted'
      ? [kind.measure, kind.actual]
      : [
          kind.measure,
          kind.actual,
          ...['log_error', 'effective_deals', 'deals'].map((id) => `${kind.measure}_${id}`),
        ];
  const [byQuarter, errors] = await Promise.all([
    answer(
      warehouse,
      requestOf(at, { measures: [kind.measure, kind.actual], by: [...keysOf(split), 'fiscal_quarter'] }),
      scope,
    ),
    answer(warehouse, requestOf(at, { measures, by: keysOf(split) }), scope),
  ]);
  const calendar = new Map(warehouse.periods.map((period) => [period.period, period]));
  const isOver = (row: AnswerRow) => {
    const period = calendar.get(String(row.fiscal_quarter));
    return period !== undefined && period.ends_on <= warehouse.build.data_on;
  };
  const found = errors.rows.flatMap((row) => {
    const quarters = byQuarter.rows
      .filter((one) => one[split.id] === row[split.id] && one[split.name] === row[split.name] && isOver(one))
      .filter((one) => value(one, kind.measure) !== null)
      .map((one) => ({
        period: String(one.fiscal_quarter),
        forecast: value(one, kind.measure) ?? 0,
        actual: value(one, kind.actual) ?? 0,
      }));
    if (quarters.length === 0) return [];
    const sum = (of: 'forecast' | 'actual') => quarters.reduce((total, one) => total + one[of], 0);
    return [
      {
        id: row[split.id] === null ? null : String(row[split.id]),
        name: groupName(split, row),
        forecast: sum('forecast'),
        actual: sum('actual'),
        error: value(row, `${kind.measure}_log_error`),
        deals: value(row, `${kind.measure}_deals`) ?? 0,
        effective: value(row, `${kind.measure}_effective_deals`) ?? 0,
        wape: forecastAccuracy(quarters).wape.value,
        quarters: quarters.length,
      },
    ];
  });
  const judged = judgeBias(found);
  return found.map((group, index) => ({ ...group, ...judged[index]! }));
}
