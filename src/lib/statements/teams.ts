import { count, days, decimal, rate } from '../design/formats.ts';
import type { TeamMeasure } from '../questions/teams/teamMeasures.ts';
import type { MeasureBenchmark, TeamUnit } from '../questions/teams/teamBenchmarks.ts';
import type { TeamChoice } from '../questions/teams/unitKinds.ts';
import { MINIMUM_EFFECTIVE } from '../statistics/benchmark.ts';
import { MINIMUM_DEALS } from '../statistics/standOut.ts';

type Found = Pick<MeasureBenchmark, 'measure' | 'scale'>;

/** "4.3% below", "64.3% above": a forecast beside what was won. */
const lean = (bias: number) => `${rate(Math.abs(bias))} ${bias < 0 ? 'below' : 'above'}`;

/** A mean outcome of the measure as people say it: 22.1%, 81 days, 12.0% above what was won. */
function figure({ measure, scale }: Found, mean: number): string {
  if (measure.id === 'bias') return `${lean(Math.exp(mean) - 1)} what was won`;
  return scale === 'log' ? days(Math.exp(mean)) : rate(mean);
}

const plain = ({ measure, scale }: Found, mean: number) =>
  scale === 'ratio' ? mean : Math.exp(mean) - (measure.id === 'bias' ? 1 : 0);

/** What the unit did, and what others with such deals do: a rate, days, or a forecast ÷ actual − 1. */
export const observedOf = (found: Found, { observed, weight }: TeamUnit): number =>
  plain(found, observed / weight);
export const expectedOf = (found: Found, { expected, weight }: TeamUnit): number =>
  plain(found, expected / weight);

/** "25.8%, expected 16.6%, 41 deals": what stands beside a dot. */
export function unitInWords(found: Found, unit: TeamUnit): string {
  const { observed, expected, weight, deals } = unit;
  if (found.measure.norm === 'fixed') return `${figure(found, observed / weight)}, ${count(deals, 'deal')}`;
  return `${figure(found, observed / weight)}, expected ${figure(found, expected / weight)}, ${count(deals, 'deal')}`;
}

/** What a unit that may be stated does, in one sentence. */
export function differenceInWords(found: Found, unit: TeamUnit, { discounts }: TeamChoice): string {
  const own = figure(found, unit.observed / unit.weight);
  const others = figure(found, unit.expected / unit.weight);
  if (found.measure.id === 'win')
    return `${unit.name} wins ${own} of deals; others win ${others} of such deals.`;
  if (found.measure.id === 'cycle')
    return `${unit.name} takes ${own} from opening to win; others take ${others} for such deals.`;
  if (found.measure.id === 'bias') return `${unit.name}’s forecasts were ${own} in the same quarters.`;
  const kind = discounts === 'discretionary' ? 'gives away, at discretion,' : 'gives away';
  return `${unit.name} ${kind} ${own} of list; others give ${others} on such deals.`;
}

/** What is believed of a unit's ratio: "believed to be 1.32 times the expected (95% interval 1.09 to 1.55)". */
export function beliefInWords({ measure }: Found, { compared }: TeamUnit): string {
  const { ratio, low, high } = compared!.believed;
  if (measure.norm === 'fixed')
    return `That is ${decimal(ratio)} times what was won (95% interval ${decimal(low)} to ${decimal(high)}).`;
  return `Believed to be ${decimal(ratio)} times what is expected (95% interval ${decimal(low)} to ${decimal(high)}).`;
}

/** Why a unit is not compared; in short for a table's cell. */
export function notCompared({ deals, effective }: TeamUnit, short = false): string {
  if (short) return deals < MINIMUM_DEALS ? 'too few deals' : 'a few large deals';
  if (deals < MINIMUM_DEALS) return `${count(deals, 'deal')}: compared from ${MINIMUM_DEALS} on`;
  return effective < MINIMUM_EFFECTIVE
    ? `rests on a few large deals: ${count(deals, 'deal')} weigh like ${decimal(effective, 1)}`
    : 'there is nothing to compare with';
}

const listed = (names: string[]) =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

const stated = ({ units }: MeasureBenchmark) => units.filter(({ compared }) => compared?.stands);

/** One measure's finding: who stands apart, and how many are outside the limits where chance alone puts some. */
export function measureInWords(found: MeasureBenchmark, choice: TeamChoice): string {
  const { kind } = choice;
  const compared = found.units.filter((unit) => unit.compared !== null);
  if (compared.length === 0)
    return `No ${kind.one} has ${MINIMUM_DEALS} ${found.measure.counts} that don’t rest on a few large ones: nobody is compared.`;
  const apart = stated(found);
  const outside = compared.filter((unit) => unit.compared!.outside !== 'no').length;
  const byChance = `chance alone would put ${decimal(compared.length * 0.05, 1)} of ${count(compared.length)} there`;
  const fixed = found.measure.norm === 'fixed';
  if (apart.length > 3 && fixed)
    return `${listed(apart.map(({ name }) => name))} forecast otherwise than was won by more than chance explains.`;
  if (apart.length > 3)
    return `${listed(apart.map(({ name }) => name))} stand apart from others with such deals.`;
  if (apart.length > 0) return apart.map((unit) => differenceInWords(found, unit, choice)).join(' ');
  if (outside === 0)
    return `None of ${count(compared.length, kind.one, kind.several)} is outside the limits.`;
  const nobody = fixed
    ? `No ${kind.one}’s forecasts lean by more than chance explains, held against what was won`
    : `No ${kind.one} stands apart`;
  return `${nobody}: ${count(outside)} ${outside === 1 ? 'is' : 'are'} outside the 95% limits, and ${byChance}.`;
}

/** What several do who stand apart above what is expected, and below. */
const verbs: Record<TeamMeasure['id'], { above: string; below: string }> = {
  discount: { above: 'give away more', below: 'give away less' },
  win: { above: 'win more', below: 'win less' },
  cycle: { above: 'take longer', below: 'are quicker' },
  bias: { above: 'forecast more', below: 'forecast less' },
};

/** Headline of the page: who differs from others with such deals, in the measure that costs most first. */
export function teamsHeadline(found: readonly MeasureBenchmark[], choice: TeamChoice): string {
  const { kind } = choice;
  const some = found.find((one) => stated(one).length > 0);
  if (!some) {
    const any = found.some(({ units }) => units.some(({ compared }) => compared));
    return any
      ? `No ${kind.one} differs from others with such deals by more than chance explains.`
      : `Too few deals to compare ${kind.several}.`;
  }
  const apart = stated(some);
  if (apart.length === 1) return differenceInWords(some, apart[0]!, choice);
  const above = apart.filter(({ ratio }) => ratio > 1);
  const side = above.length > 0 ? above : apart;
  if (side.length === 1) return differenceInWords(some, side[0]!, choice);
  const names = side.slice(0, 3).map(({ name }) => name);
  const others = side.length > 3 ? [count(side.length - 3, 'other')] : [];
  const verb = verbs[some.measure.id][above.length > 0 ? 'above' : 'below'];
  const norm = some.measure.norm === 'fixed' ? 'was won' : 'others with such deals';
  return `${listed([...names, ...others])} ${verb} than ${norm}.`;
}

/** Regions that stand out in a measure, which reps held against their own region do not show. */
function regionsInWords(regions: readonly MeasureBenchmark[], choice: TeamChoice): string {
  const said = regions.flatMap((one) => stated(one).map((unit) => differenceInWords(one, unit, choice)));
  return said.length === 0 ? '' : `By region: ${said.slice(0, 3).join(' ')}`;
}

/**
 * What the headline rests on: whose deals, of when (`now`, null for all there is) and against whom. `regions` are
 * compared as well where reps are held against their own, so that a region that leaks is not hidden by its reps.
 */
export function teamsStandfirst(
  found: readonly MeasureBenchmark[],
  choice: TeamChoice,
  now: string | null = null,
  regions: readonly MeasureBenchmark[] = [],
): string {
  const compared = found.reduce((sum, { units }) => sum + units.filter((unit) => unit.compared).length, 0);
  const apart = found.reduce((sum, one) => sum + stated(one).length, 0);
  const when = now === null ? 'Over all there is' : `In ${now}`;
  const within = choice.kind.id === 'rep' && choice.against === 'region';
  const mix = `segment, type, product family, size${within ? ', quarter and region' : ' and quarter'}`;
  const among = `${when}, each ${choice.kind.one} is set beside what everyone else’s deals of the same ${mix} come to; forecasts are held against what was won.`;
  const own = within ? 'What all of a region do alike does not show here.' : '';
  const result =
    compared === 0
      ? `Nobody has enough deals to be compared.`
      : `Of ${count(compared, 'comparison')}, ${apart === 0 ? 'none is' : `${count(apart)} ${apart === 1 ? 'is' : 'are'}`} more than chance explains.`;
  return [among, result, own, within ? regionsInWords(regions, choice) : ''].filter(Boolean).join(' ');
}
