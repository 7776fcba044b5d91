import { count, points, rate } from '../design/formats.ts';
import type { MeasureBenchmark, TeamUnit } from '../questions/teams/teamBenchmarks.ts';
import type { TeamMeasure } from '../questions/teams/teamMeasures.ts';
import type { TeamChoice } from '../questions/teams/unitKinds.ts';
import { judge, type Judged } from '../statistics/verdict.ts';
import { beliefInWords, differenceInWords, expectedOf, notCompared, unitInWords } from './teams.ts';

/**
 * The smallest gap worth acting on: points of discount, of win rate and of bias as the dictionary of metrics
 * has them, and a tenth of a cycle, which is ours.
 */
const worthActing: Record<TeamMeasure['id'], number> = { discount: 0.01, win: 0.03, cycle: 0.1, bias: 0.05 };

const isRelative = ({ measure }: MeasureBenchmark) => measure.id === 'cycle' || measure.id === 'bias';

/** The gap to what is expected: in points of the rate, or for cycles and forecasts as a share of it. */
function judged(found: MeasureBenchmark, unit: TeamUnit): Judged {
  const scale = isRelative(found) ? 1 : expectedOf(found, unit);
  return judge(
    { estimate: (unit.ratio - 1) * scale, error: unit.compared!.error * scale, df: Infinity },
    worthActing[found.measure.id],
  );
}

const size = (found: MeasureBenchmark, gap: number) =>
  isRelative(found) ? rate(gap) : points(gap).replace('+', '');

/** What can be said of a unit in one measure, in a sentence or two. */
export function findingOf(found: MeasureBenchmark, unit: TeamUnit, choice: TeamChoice): string {
  if (!unit.compared) return `Not compared: ${notCompared(unit)}.`;
  if (unit.compared.stands) return `${differenceInWords(found, unit, choice)} ${beliefInWords(found, unit)}`;
  const said = unitInWords(found, unit);
  const start = `${said[0]!.toUpperCase()}${said.slice(1)}.`;
  const { verdict, largerThan, smallestDetectable } = judged(found, unit);
  if (verdict === 'cannot tell')
    return `${start} Cannot tell: ${count(unit.deals, 'deal')} would show only a gap of ${size(found, smallestDetectable!)} or more.`;
  if (verdict === 'no effect larger than') return `${start} No gap larger than ${size(found, largerThan!)}.`;
  return `${start} A gap that chance explains among so many comparisons.`;
}

/** Headline of a person's page: the first thing that may be stated, or that nothing may. */
export function personHeadline(
  name: string,
  found: readonly MeasureBenchmark[],
  id: string,
  choice: TeamChoice,
): string {
  const units = found.flatMap((one) =>
    one.units.filter(({ unit }) => unit === id).map((unit) => ({ one, unit })),
  );
  const stated = units.find(({ unit }) => unit.compared?.stands);
  if (stated) return differenceInWords(stated.one, stated.unit, choice);
  if (units.some(({ unit }) => unit.compared))
    return `${name} does not differ from others with such deals by more than chance explains.`;
  if (units.length === 0)
    return choice.kind.id === 'manager'
      ? `${name} is compared through the managers below: nobody with a deal reports to them directly.`
      : `${name} has closed no deal of what is asked for.`;
  return `${name} has too few deals to be compared.`;
}
