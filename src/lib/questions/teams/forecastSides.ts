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

interface Sums {
  forecast: number;
  actual: number;
}

const number = (row: AnswerRow, id: string) => (typeof row[id] === 'number' ? row[id] : 0);
const nothing = (): Sums => ({ forecast: 0, actual: 0 });

/** Sums by the text that `key` makes of a row. */
function sumsBy(rows: readonly AnswerRow[], key: (row: AnswerRow) => string): Map<string, Sums> {
  const sums = new Map<string, Sums>();
  for (const row of rows) {
    const sum = sums.get(key(row)) ?? nothing();
    sum.forecast += number(row, 'forecast_commit');
    sum.actual += number(row, 'forecast_actual');
    sums.set(key(row), sum);
  }
  return sums;
}

/** Forecast ÷ actual of all but some; null where the others won nothing. */
function ratioWithout(all: Sums | undefined, own: Sums | undefined): number | null {
  const forecast = (all?.forecast ?? 0) - (own?.forecast ?? 0);
  const actual = (all?.actual ?? 0) - (own?.actual ?? 0);
  return forecast > 0 && actual > 0 ? forecast / actual : null;
}

/**
 * Forecast ÷ actual of each unit four weeks before the quarters' ends, beside what the others' forecasts of the same
 * quarters (and, for reps against their own region, of that region) came to: a product of the quarter's and the
 * region's ratio, each without the unit. Outcomes are logarithms of the ratio, their errors those of the
 * forecast's own measures. Empty where no forecast is known, or not by what is asked for.
 */
export async function forecastSides(
  warehouse: Warehouse,
  asking: Asking,
  { kind, against }: TeamChoice,
  scope: Scope,
): Promise<Sides> {
  const keys = kind.key === kind.name ? [kind.key] : [kind.key, kind.name];
  const errors = ['forecast_commit_log_error', 'forecast_commit_effective_deals', 'forecast_commit_deals'];
  const ask = (by: string[], measures: string[]) =>
    answer(warehouse, requestOf(alone(asking), { measures, by, rates: 'plan' }), scope);
  try {
    const [cells, own] = await Promise.all([
      ask([...new Set([kind.key, 'region', 'fiscal_quarter'])], ['forecast_commit', 'forecast_actual']),
      ask(keys, errors),
    ]);
    const over = cells.rows.filter((row) => row.forecast_actual !== null);
    const unit = (row: AnswerRow) => String(row[kind.key]);
    const pair = (...names: unknown[]) => JSON.stringify(names);
    const quarters = sumsBy(over, (row) => pair(row.fiscal_quarter));
    const regions = sumsBy(over, (row) => pair(row.region));
    const ownQuarters = sumsBy(over, (row) => pair(unit(row), row.fiscal_quarter));
    const ownRegions = sumsBy(over, (row) => pair(unit(row), row.region));
    const owns = sumsBy(over, unit);
    const whole = sumsBy(over, () => '').get('');
    const withRegion = kind.id === 'rep' && against === 'region';
    const expected = new Map<string, number>();
    for (const row of over) {
      const id = unit(row);
      const all = ratioWithout(whole, owns.get(id));
      const quarter = ratioWithout(
        quarters.get(pair(row.fiscal_quarter)),
        ownQuarters.get(pair(id, row.fiscal_quarter)),
      );
      const region = ratioWithout(regions.get(pair(row.region)), ownRegions.get(pair(id, row.region)));
      const ratio = (quarter ?? all ?? 1) * (withRegion && all && region ? region / all : 1);
      expected.set(id, (expected.get(id) ?? 0) + number(row, 'forecast_actual') * ratio);
    }
    const totalError = number(own.totals, 'forecast_commit_log_error');
    const totalEffective = number(own.totals, 'forecast_commit_effective_deals');
    const units = own.rows.flatMap((row) => {
      const id = unit(row);
      const { forecast, actual } = owns.get(id) ?? nothing();
      const effective = number(row, 'forecast_commit_effective_deals');
      const error = number(row, 'forecast_commit_log_error');
      const others = totalEffective - effective;
      const should = expected.get(id) ?? 0;
      if (row[kind.key] === null || !(forecast > 0 && actual > 0 && should > 0 && error > 0 && others > 0))
        return [];
      const [observed, usual] = [Math.log(forecast / actual), Math.log(should / actual)];
      const together = Math.hypot(error, totalError * Math.sqrt(totalEffective / others));
      return [
        {
          unit: id,
          name: String(row[kind.name] ?? id),
          deals: number(row, 'forecast_commit_deals'),
          weight: 1,
          effective,
          observed,
          expected: usual,
          error: together,
          // Its error rests on its own few deals, unlike those that all deals of a mix share.
          freedom: Math.max(1, effective - 1),
          z: (observed - usual) / together,
        },
      ];
    });
    return { units, deals: number(own.totals, 'forecast_commit_deals'), leftOut: [], known: true };
  } catch (error) {
    if (error instanceof BadRequest) return unknown;
    throw error;
  }
}
