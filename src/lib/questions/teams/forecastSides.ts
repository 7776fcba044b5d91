import type { Scope } from '../../access/scope.ts';
import { alone, requestOf, type Asking } from '../../asking/asking.ts';
import { answer, type AnswerRow } from '../../metrics/answer.ts';
import { BadRequest } from '../../metrics/badRequest.ts';
import type { AgainstRest } from '../../statistics/leaveOut.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import type { TeamChoice } from './unitKinds.ts';

/** Units beside the rest, before they are put on a funnel. */
export interface Sides {
  units: (AgainstRest & { name: string })[];
  /** Deals behind all of it. */
  deals: number;
  /** What of the mix was left out, since it is known for won deals and not for lost ones. */
  leftOut: string[];
  /** False where the measure does not know a filter of what is asked: nothing can be said then. */
  known: boolean;
}

export const unknown: Sides = { units: [], deals: 0, leftOut: [], known: false };

const number = (row: AnswerRow, id: string) => (typeof row[id] === 'number' ? row[id] : 0);

/**
 * Forecast ÷ actual of each unit four weeks before the quarters' ends, beside what its quarters came to: who forecasts
 * what is won does not lean, however others do. Outcomes are logarithms of the ratio, their errors those of the
 * forecast's own measures. Empty where no forecast is known, or not by what is asked for.
 */
export async function forecastSides(
  warehouse: Warehouse,
  asking: Asking,
  { kind }: TeamChoice,
  scope: Scope,
): Promise<Sides> {
  const keys = kind.key === kind.name ? [kind.key] : [kind.key, kind.name];
  const sums = ['forecast_commit', 'forecast_actual'];
  const errors = ['forecast_commit_log_error', 'forecast_commit_effective_deals', 'forecast_commit_deals'];
  const ask = (by: string[], measures: string[]) =>
    answer(warehouse, requestOf(alone(asking), { measures, by, rates: 'plan' }), scope);
  try {
    const [quarters, own] = await Promise.all([ask([kind.key, 'fiscal_quarter'], sums), ask(keys, errors)]);
    const over = new Map<string, { forecast: number; actual: number }>();
    for (const row of quarters.rows) {
      if (row.forecast_actual === null) continue;
      const { forecast, actual } = over.get(String(row[kind.key])) ?? { forecast: 0, actual: 0 };
      over.set(String(row[kind.key]), {
        forecast: forecast + number(row, 'forecast_commit'),
        actual: actual + number(row, 'forecast_actual'),
      });
    }
    const units = own.rows.flatMap((row) => {
      const id = String(row[kind.key]);
      const { forecast, actual } = over.get(id) ?? { forecast: 0, actual: 0 };
      const effective = number(row, 'forecast_commit_effective_deals');
      const error = number(row, 'forecast_commit_log_error');
      if (row[kind.key] === null || !(forecast > 0 && actual > 0 && error > 0)) return [];
      const observed = Math.log(forecast / actual);
      return [
        {
          unit: id,
          name: String(row[kind.name] ?? id),
          deals: number(row, 'forecast_commit_deals'),
          weight: 1,
          effective,
          observed,
          expected: 0,
          error,
          // Its error rests on its own few deals, unlike those that all deals of a mix share.
          freedom: Math.max(1, effective - 1),
          z: observed / error,
        },
      ];
    });
    return { units, deals: number(own.totals, 'forecast_commit_deals'), leftOut: [], known: true };
  } catch (error) {
    if (error instanceof BadRequest) return unknown;
    throw error;
  }
}
