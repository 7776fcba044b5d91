import { alone, requestOf, type Asking } from '../../asking/asking.ts';
import { answer } from '../../metrics/answer.ts';
import type { Scope } from '../../metrics/request.ts';
import { concentration, MOST_DRAWN, type Concentration } from '../../statistics/concentration.ts';
import {
  concentrationBeyondMix,
  type ConcentrationBeyondMix,
} from '../../statistics/concentrationBeyondMix.ts';
import { concentrationByMix, type ConcentrationByMix } from '../../statistics/concentrationByMix.ts';
import { concentrationOfSums } from '../../statistics/concentrationOfSums.ts';
import { judge, type Judged } from '../../statistics/verdict.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { minimumEffectOf } from '../coaching/effects.ts';
import { benchmarkOf } from '../teams/teamBenchmarks.ts';
import { teamMeasures } from '../teams/teamMeasures.ts';
import { unitParts, unitSums, type Kinds, type NamedSums } from './parts.ts';
import type { ConcentrationUnit } from './units.ts';

/** Ours: of more units than these, what each one's mix comes to elsewhere is not worked out one by one. */
const MOST_UNITS = 1000;

export interface ConcentratedUnit extends Pick<NamedSums, 'unit' | 'name' | 'parts' | 'share' | 'amount'> {
  rate: number;
  /** What its mix of deals comes to elsewhere; null where nobody else can be compared with. */
  byMix: number | null;
}

export interface Concentrated {
  kind: ConcentrationUnit;
  kinds: Kinds;
  found: Concentration;
  /** Units of the highest rate first, in the order of the curve. */
  units: ConcentratedUnit[];
  /** What mix and chance alone give; null where there is too little, or too much, to compare. */
  byMix: ConcentrationByMix | null;
  beyond: ConcentrationBeyondMix | null;
  verdict: Judged | null;
  deals: number;
  /** Discount by kinds that nobody decides, left out; null where kinds aren't told. */
  programmes: number | null;
}

async function mixOf(
  warehouse: Warehouse,
  asking: Asking,
  kind: ConcentrationUnit,
  discounts: Kinds,
  scope: Scope,
) {
  const measure = teamMeasures.find(({ id }) => id === 'discount')!;
  // Against the whole company a kind is no more than its key and its name.
  const choice = { kind: { ...kind, id: 'rep' as const }, discounts, against: 'company' as const };
  const { units } = await benchmarkOf(warehouse, asking, choice, measure, scope);
  return units;
}

/**
 * Ours: a spread of rates worth acting on is that of the smallest difference of rates that is. Rates that are spread
 * normally around R with deviation s have an index of s ÷ (R √π), as the mean difference of a normal is 2s ÷ √π.
 */
const worthActingOn = (smallest: number, rate: number) => smallest / (rate * Math.sqrt(Math.PI));

async function workOut(
  warehouse: Warehouse,
  asking: Asking,
  kind: ConcentrationUnit,
  scope: Scope,
): Promise<Concentrated | null> {
  const named = asking.filters.some(({ dimension }) => dimension === 'discount_kind');
  const decided = named ? [] : await unitSums(warehouse, asking, kind, 'discretionary', scope);
  // Where no export says which discounts are decided, all of them are told.
  const kinds: Kinds = decided.some(({ amount }) => amount > 0) ? 'discretionary' : 'all';
  const sums = kinds === 'all' ? await unitSums(warehouse, asking, kind, 'all', scope) : decided;
  const deals = sums.reduce((sum, { parts }) => sum + parts, 0);
  const found =
    deals > MOST_DRAWN
      ? concentrationOfSums(sums)
      : concentration(await unitParts(warehouse, asking, kind, kinds, scope));
  if (!found || found.units < 2) return null;
  const [mix, whole] = await Promise.all([
    found.units > MOST_UNITS ? [] : mixOf(warehouse, asking, kind, kinds, scope),
    kinds === 'all'
      ? null
      : answer(warehouse, requestOf(alone(asking), { measures: ['discount'], rates: 'plan' }), scope),
  ]);
  const byUnit = new Map(sums.map((each) => [each.unit, each]));
  const expected = new Map(mix.map(({ unit, expected, weight }) => [unit, expected / weight]));
  const units = found.curve.map(({ unit, rate }): ConcentratedUnit => {
    const { name, parts, share, amount } = byUnit.get(unit)!;
    return { unit, name, parts, share, amount, rate, byMix: expected.get(unit) ?? null };
  });
  const beyond = concentrationBeyondMix(mix);
  const given = sums.reduce((sum, { amount }) => sum + amount, 0);
  const rate = given / sums.reduce((sum, { share }) => sum + share, 0);
  const total = whole?.totals.discount;
  return {
    ...{ kind, kinds, found, units, beyond, deals },
    byMix: concentrationByMix(mix.map((unit) => ({ ...unit, share: unit.weight }))),
    verdict:
      beyond &&
      judge(
        { estimate: beyond.value, error: (beyond.high - beyond.low) / 3.92, df: Infinity },
        worthActingOn(minimumEffectOf(warehouse, 'discount_rate'), rate),
      ),
    programmes: typeof total === 'number' ? total - given : null,
  };
}

/**
 * How concentrated discounts are on those with high rates, beside what their mix of deals and chance alone would give.
 * Null where fewer than two sold anything at a known list price, or nothing was given away.
 */
export function concentrated(
  warehouse: Warehouse,
  asking: Asking,
  kind: ConcentrationUnit,
  scope: Scope,
): Promise<Concentrated | null> {
  const { period, hierarchy, credit, filters } = asking;
  const asked = JSON.stringify([period, hierarchy, credit, filters, kind.id, scope]);
  return warehouse.remember(`concentrated ${asked}`, () => workOut(warehouse, asking, kind, scope));
}
