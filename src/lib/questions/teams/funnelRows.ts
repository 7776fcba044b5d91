import type { FunnelRow } from '../../charts/funnel.ts';
import type { PositionRow } from '../../charts/positions.ts';
import { limitsAt } from '../../statistics/benchmark.ts';
import type { MeasureBenchmark, TeamUnit } from './teamBenchmarks.ts';
import type { TeamMeasure } from './teamMeasures.ts';

/** Units on a funnel, and which way is better. */
export type OnFunnel = Pick<MeasureBenchmark, 'units' | 'scale' | 'between'> & {
  measure: Pick<TeamMeasure, 'better'>;
};

/** Points of each curve. */
const POINTS = 48;

/** Whether the unit stands on the side of the limits that is good for the company; a forecast has none. */
export const isGood = ({ measure }: Pick<OnFunnel, 'measure'>, { ratio }: TeamUnit): boolean =>
  measure.better === 'up' ? ratio > 1 : measure.better === 'down' && ratio < 1;

/** The compared units and the curves of their limits, as the funnel draws them. */
export function funnelRows(found: OnFunnel, say: (unit: TeamUnit) => string): FunnelRow[] {
  const units = found.units.flatMap((unit) => (unit.compared ? [{ unit, compared: unit.compared }] : []));
  const errors = units.map(({ compared }) => compared.error);
  const [most, least] = [1 / Math.min(...errors), 1 / Math.max(...errors)];
  const nothing = { low95: null, high95: null, low998: null, high998: null };
  const limit = {
    kind: 'limit',
    name: '',
    said: '',
    ratio: null,
    outside: false,
    stated: false,
    good: false,
  };
  const curve = Array.from({ length: units.length > 0 ? POINTS : 0 }, (_, at): FunnelRow => {
    const [from, to] = [least * 0.9, most * 1.06];
    const error = 1 / (from + ((to - from) * at) / (POINTS - 1));
    const { limits95, limits998 } = limitsAt(error, found);
    return {
      ...limit,
      error,
      low95: limits95.low,
      high95: limits95.high,
      low998: limits998.low,
      high998: limits998.high,
    };
  });
  const dots = units.map(({ unit, compared }): FunnelRow => ({
    ...nothing,
    kind: 'unit',
    name: unit.name,
    said: say(unit),
    error: compared.error,
    ratio: unit.ratio,
    outside: compared.outside !== 'no',
    stated: compared.stands,
    good: isGood(found, unit),
  }));
  return [...curve, ...dots];
}

/** One unit's place in each measure that it is compared in. */
export function personPositions(
  places: readonly { one: MeasureBenchmark; unit: TeamUnit }[],
  say: (found: MeasureBenchmark, unit: TeamUnit) => string,
): PositionRow[] {
  return places.flatMap(({ one, unit }): PositionRow[] => {
    if (!unit.compared) return [];
    const { limits95, limits998, believed, stands } = unit.compared;
    return [
      {
        name: one.measure.label,
        said: say(one, unit),
        ratio: unit.ratio,
        low95: limits95.low,
        high95: limits95.high,
        low998: limits998.low,
        high998: limits998.high,
        believed: believed.ratio,
        low: believed.low,
        high: believed.high,
        stated: stands,
        good: isGood(one, unit),
      },
    ];
  });
}
