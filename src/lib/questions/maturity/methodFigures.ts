import type { DuckDBConnection } from '@duckdb/node-api';
import { everything } from '../../access/scope.ts';
import { readAsking, type Asking } from '../../asking/asking.ts';
import { addDays } from '../../metrics/span.ts';
import { concentrationBeyondMix } from '../../statistics/concentrationBeyondMix.ts';
import { Warehouse } from '../../warehouse/warehouse.ts';
import { effectOrWhy } from '../coaching/effectOf.ts';
import { ANTICIPATION, minimumEffectOf } from '../coaching/effects.ts';
import { discountRate, quartersOf } from '../coaching/outcomes.ts';
import { repQuarterRows } from '../coaching/repQuarterRows.ts';
import { excessAtLimits } from '../discipline/excessAtLimits.ts';
import { limitedRates } from '../discipline/limitedRates.ts';
import { limitIsAllowed } from '../discipline/limitIsAllowed.ts';
import { recoverable } from '../discipline/recoverable.ts';
import { accuracy } from '../forecast/accuracy.ts';
import { forecastChoice } from '../forecast/choice.ts';
import { benchmarkOf } from '../teams/teamBenchmarks.ts';
import { teamMeasures } from '../teams/teamMeasures.ts';
import { teamChoice } from '../teams/unitKinds.ts';
import { maturityQuarters } from './place.ts';

interface Figure {
  value: number | null;
  low: number | null;
  high: number | null;
  n: number;
}

/** Quarters that concentration and limits are told over, up to the one asked about; skill takes all there are. */
const CONCENTRATION_QUARTERS = 4;
const LIMIT_QUARTERS = 4;
/** Draws that are enough for an interval that is only held against a threshold. */
const LIMIT_DRAWS = 60;
/** Weeks before the quarter's end at which the forecast is held against guessing. */
const SKILL_LEAD = 4;
/** Fewer forecasts make no interval. */
const FEWEST_QUARTERS = 3;

/** The quarters up to one, as an asking. */
async function upTo(warehouse: Warehouse, quarter: string, quarters: number): Promise<Asking> {
  const calendar = warehouse.periods.filter(({ kind }) => kind === 'quarter');
  const at = calendar.findIndex(({ period }) => period === quarter);
  const first = calendar[Math.max(0, at - quarters + 1)]!;
  const last = new Date(Date.parse(calendar[at]!.ends_on) - 86_400_000).toISOString().slice(0, 10);
  return readAsking(
    new URLSearchParams({ period: `${first.starts_on}..${last}`, compare: 'none' }),
    warehouse,
  );
}

const none = new URLSearchParams();

async function forecastSkill(warehouse: Warehouse, quarter: string): Promise<Figure | null> {
  const asking = await upTo(warehouse, quarter, warehouse.periods.length);
  const { leads } = await accuracy(warehouse, forecastChoice(none, asking), everything);
  const skill = leads.find(({ weeks }) => weeks === SKILL_LEAD)?.accuracy?.skill;
  if (!skill || skill.value === null || skill.forecasts < FEWEST_QUARTERS) return null;
  return {
    value: skill.value,
    low: skill.interval?.low ?? null,
    high: skill.interval?.high ?? null,
    n: skill.forecasts,
  };
}

async function concentration(warehouse: Warehouse, quarter: string): Promise<Figure | null> {
  const asking = await upTo(warehouse, quarter, CONCENTRATION_QUARTERS);
  const choice = teamChoice(new URLSearchParams({ unit: 'rep', against: 'company', discounts: 'all' }));
  const discount = teamMeasures.find(({ id }) => id === 'discount')!;
  const { units } = await benchmarkOf(warehouse, asking, choice, discount, everything);
  const beyond = concentrationBeyondMix(units);
  return beyond && { value: beyond.value, low: beyond.low, high: beyond.high, n: beyond.units };
}

async function coachingEffect(warehouse: Warehouse, quarter: string): Promise<Figure | null> {
  const main = await coachingMain(warehouse, quarter);
  if (!main) return null;
  const { estimate, low, high } = main.overall;
  return { value: estimate, low, high, n: main.treated + main.untreated };
}

/** Dollars a year over the scenarios for lost wins; the value is null where the data can't tell, 0 where there are none. */
async function recoverableDollars(warehouse: Warehouse, quarter: string): Promise<Figure | null> {
  const asking = await upTo(warehouse, quarter, warehouse.periods.length);
  const { low, high, verdict, n, excess } = await recoverable(
    warehouse,
    { ...asking, search: none },
    everything,
  );
  if (verdict === 'missing') return null;
  const value = { found: excess.range!.estimate, 'no more than': 0, 'cannot tell': null }[verdict];
  return { value, low, high, n };
}

async function coachingMain(warehouse: Warehouse, quarter: string) {
  const asking = await upTo(warehouse, quarter, warehouse.periods.length);
  const rows = await repQuarterRows(warehouse, asking, everything);
  const outcome = discountRate(rows);
  const settings = { anticipation: ANTICIPATION, minimumEffect: minimumEffectOf(warehouse, outcome.id) };
  return effectOrWhy(quartersOf(rows, outcome), settings).main;
}

async function coachingCanBeTold(warehouse: Warehouse, quarter: string): Promise<Figure | null> {
  const main = await coachingMain(warehouse, quarter);
  if (!main) return null;
  const told = main.overall.verdict === 'cannot tell' ? 0 : 1;
  return { value: told, low: told, high: told, n: main.treated + main.untreated };
}

async function worstExcess(warehouse: Warehouse, quarter: string): Promise<Figure | null> {
  const { span } = await upTo(warehouse, quarter, LIMIT_QUARTERS);
  if (!span?.from || !span.to) return null;
  const rates = await limitedRates(warehouse, everything);
  const [worst] = excessAtLimits(
    rates,
    span.from,
    addDays(span.to, -1),
    LIMIT_DRAWS,
    limitIsAllowed(warehouse),
  );
  if (!worst) return null;
  const { share, near } = worst.found;
  return { value: share.estimate, low: share.low, high: share.high, n: near };
}

/** What the data can't tell stands there without a value. */
const untold: Figure = { value: null, low: null, high: null, n: 0 };

const figures = {
  forecast_skill: forecastSkill,
  concentration_beyond_mix: concentration,
  excess_at_limits: worstExcess,
  coaching_effect_can_be_told: coachingCanBeTold,
};

/** What the overview leads with: of the last quarter alone, since nobody asks for the others. */
const ofLastQuarter = { coaching_effect: coachingEffect, recoverable: recoverableDollars };

/**
 * The maturity model's figures that take a method, of the whole company, for every quarter that maturity is told for.
 * Regions and teams are too small for them.
 */
export async function methodFigures(connection: DuckDBConnection) {
  const warehouse = await Warehouse.unfinished(connection);
  const told = [];
  for (const [index, quarter] of (await maturityQuarters(warehouse, everything)).entries())
    for (const [figure, workOut] of Object.entries(
      index === 0 ? { ...figures, ...ofLastQuarter } : figures,
    )) {
      const found = await workOut(warehouse, quarter);
      told.push({ figure, quarter, scopeKind: 'company' as const, scope: '', ...(found ?? untold) });
    }
  return told;
}
