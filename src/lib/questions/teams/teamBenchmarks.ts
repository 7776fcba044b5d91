import type { Asking } from '../../asking/asking.ts';
import type { Scope } from '../../metrics/request.ts';
import { benchmark, judgedTogether, type Benchmark, type Benchmarked } from '../../statistics/benchmark.ts';
import { againstRest } from '../../statistics/leaveOut.ts';
import type { Factor, MixCell } from '../../statistics/mixModel.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { mixCells, type CellQuestion, type CellRow } from './cellQuery.ts';
import { forecastSides, type Sides } from './forecastSides.ts';
import { teamMeasures, type TeamMeasure } from './teamMeasures.ts';
import type { TeamChoice } from './unitKinds.ts';

export interface TeamUnit extends Benchmarked {
  name: string;
}

export interface MeasureBenchmark extends Pick<Benchmark, 'scale' | 'between'>, Omit<Sides, 'units'> {
  measure: TeamMeasure;
  units: TeamUnit[];
}

/** Ours: a level is held to the mean by a deal's worth, a pair of levels by ten: pairs are many and thin. */
const LEVEL: number = 1;
const PAIR: number = 10;

const factors = [
  { id: 'segment', words: 'segment' },
  { id: 'deal_type', words: 'deal type' },
  { id: 'family', words: 'product family' },
  { id: 'size', words: 'size', ordered: true },
  { id: 'period', words: 'quarter' },
] as const;

/** Ours: what is known so much more often of won deals than of lost ones tells the outcome, not the mix. */
const MOST_APART = 0.1;

/** Factors that say by being known whether a deal was won. */
function tellingOutcome(rows: readonly CellRow[]): Set<string> {
  const won = rows.reduce((sum, { outcome }) => sum + outcome, 0);
  const lost = rows.reduce((sum, { deals, outcome }) => sum + deals - outcome, 0);
  const telling = factors.filter(({ id }) => {
    const known = rows.filter((row) => row[id] !== '');
    const ofWon = known.reduce((sum, { outcome }) => sum + outcome, 0) / won;
    const ofLost = known.reduce((sum, { deals, outcome }) => sum + deals - outcome, 0) / lost;
    return Math.abs(ofWon - ofLost) > MOST_APART;
  });
  return new Set(telling.map(({ id }) => id));
}

function asCells(rows: readonly CellRow[], left: ReadonlySet<string>, withRegion: boolean) {
  const used = factors.filter(({ id }) => !left.has(id));
  const priors: Factor[] = used.map((one) => ({
    name: one.id,
    prior: LEVEL,
    ordered: 'ordered' in one,
  }));
  priors.push({ name: 'segment and deal type', prior: PAIR });
  if (withRegion) priors.push({ name: 'region', prior: LEVEL });
  const cells = rows.map((row): MixCell => {
    const levels = used.map(({ id }) => row[id]);
    levels.push(JSON.stringify([row.segment, row.deal_type]));
    if (withRegion) levels.push(row.region);
    return { ...row, levels };
  });
  return { cells, priors };
}

async function mixed(
  warehouse: Warehouse,
  asking: Asking,
  choice: TeamChoice,
  question: CellQuestion,
  scope: Scope,
): Promise<Sides> {
  const rows = await mixCells(warehouse, asking, choice.kind, question, scope);
  const left = question.tellsOutcome ? tellingOutcome(rows) : new Set<string>();
  const withRegion = choice.kind.id === 'rep' && choice.against === 'region';
  const { cells, priors } = asCells(rows, left, withRegion);
  const names = new Map(rows.map(({ unit, name }) => [unit, name]));
  return {
    units: againstRest(cells, priors).map((unit) => ({ ...unit, name: names.get(unit.unit) ?? unit.unit })),
    deals: rows.reduce((sum, { deals }) => sum + deals, 0),
    leftOut: factors.filter(({ id }) => left.has(id)).map(({ words }) => words),
    known: true,
  };
}

/** Every unit of a kind beside what its mix of deals comes to elsewhere, for one measure by itself. */
export async function benchmarkOf(
  warehouse: Warehouse,
  asking: Asking,
  choice: TeamChoice,
  measure: TeamMeasure,
  scope: Scope,
): Promise<MeasureBenchmark> {
  const question = measure.question?.(warehouse, asking, choice);
  const sides = question
    ? await mixed(warehouse, asking, choice, question, scope)
    : await forecastSides(warehouse, asking, choice, scope);
  const { units, ...rest } = benchmark(sides.units, measure.scale, measure.norm);
  return {
    ...sides,
    ...rest,
    measure,
    units: units.map((unit, at) => ({ ...unit, name: sides.units[at]!.name })),
  };
}

/**
 * Every unit of a kind beside what its mix of deals comes to elsewhere, for each measure, and which of all these
 * comparisons survive a false-discovery rate of 10%: those against others together, and forecasts, which are held
 * against what was won, by themselves, as the page of forecasts judges them.
 */
export function teamBenchmarks(
  warehouse: Warehouse,
  asking: Asking,
  choice: TeamChoice,
  scope: Scope,
): Promise<MeasureBenchmark[]> {
  const { period, hierarchy, filters } = asking;
  const asked = JSON.stringify([period, hierarchy, filters, choice, scope]);
  return warehouse.remember(`teams ${asked}`, async () => {
    const found = await Promise.all(
      teamMeasures.map((measure) => benchmarkOf(warehouse, asking, choice, measure, scope)),
    );
    const judged = new Map<MeasureBenchmark, Benchmarked[]>();
    for (const norm of ['others', 'fixed']) {
      const family = found.filter(({ measure }) => measure.norm === norm);
      const units = judgedTogether(family.map((one) => one.units));
      family.forEach((one, at) => judged.set(one, units[at]!));
    }
    return found.map((one) => ({
      ...one,
      units: one.units.map((unit, at) => ({ ...unit, compared: judged.get(one)![at]!.compared })),
    }));
  });
}
