import { MINIMUM_DEALS } from '../../statistics/standOut.ts';
import { count, days, decimal, rate } from '../../design/formats.ts';
import type { Cadence } from '../../questions/coaching/cadence.ts';
import type { Dose } from '../../questions/coaching/dose.ts';
import type { Focus } from '../../questions/coaching/focus.ts';
import type { Loops } from '../../questions/coaching/loops.ts';
import { COAST, LONGEST_GAP, MINIMUM_SESSIONS, PROCESS_SHARE } from '../../questions/coaching/thresholds.ts';
import type { TrainAndCoast } from '../../questions/coaching/training.ts';

export type Stage = 'none' | 'event' | 'process' | 'closed loop';

/**
 * Document 003: coaching begins as events ("train and coast", a sprint), becomes a process (a consistent cadence), and
 * closes loops when it changes trainings and its insights reach content or product. Ours: a process from 60% of reps
 * coached in the last month on; a closed loop when besides one of each is closed.
 */
export function stageOf({ months }: Cadence, loops: Loops | null): Stage {
  const last = months.at(-1)?.share ?? 0;
  if (months.every(({ share }) => share === 0)) return 'none';
  if (last < PROCESS_SHARE) return 'event';
  const closed = new Set(loops?.kinds.filter(({ closed: n }) => n > 0).map(({ kind }) => kind));
  const travels = [...closed].some((kind) => kind.startsWith('insight_to_'));
  return closed.has('coaching_to_training') && travels ? 'closed loop' : 'process';
}

const stages: Record<Stage, string> = {
  none: 'nobody is coached',
  event: 'coaching is a series of events',
  process: 'coaching is a process',
  'closed loop': 'coaching is a process that closes loops',
};

/** How many are coached, how steadily, and which stage that is. */
export function cadenceInWords(found: Cadence, stage: Stage): string {
  const { months, reps } = found;
  const last = months.at(-1);
  if (!last) return 'No month of reps is over yet.';
  const steady = reps.filter(({ stage: of }) => of === 'process').length;
  const never = reps.filter(({ stage: of }) => of === 'never').length;
  return `${rate(last.share, 0)} of ${count(last.reps, 'rep')} had a session in the last month: ${stages[stage]}. ${count(steady, 'rep')} ${steady === 1 ? 'has' : 'have'} had no gap over ${days(LONGEST_GAP)}; ${never} ${never === 1 ? 'was' : 'were'} never coached.`;
}

/** "Coached reps get 2.0 sessions and 92 minutes a month." */
export function doseInWords({ reps, sessions, minutes }: Dose): string {
  if (reps === 0 || sessions === null) return 'Nobody has been coached for a whole month yet.';
  const long = minutes ? ` of ${count(Math.round(minutes / Math.max(sessions, 0.01)), 'minute')} each` : '';
  return `Coached reps get ${decimal(sessions, 1)} sessions a month${long}, over ${count(reps, 'rep')}.`;
}

/** How many trainings were followed by coaching. */
export function trainingInWords({ attended, coasted, trainings }: TrainAndCoast): string {
  if (trainings.length === 0) return 'No training is recorded.';
  if (attended === 0) return `The ${days(COAST)} after the trainings are not over yet.`;
  return `After ${count(coasted)} of ${count(attended, 'attendance')} (${rate(coasted / attended, 0)}) no coaching followed within ${days(COAST)}: train and coast.`;
}

/** What sessions are about, with the share that saves a deal. */
export function focusInWords({ all, oneDeal }: Focus): string {
  if (all.sessions === 0) return 'No coaching session is recorded.';
  if (all.unknown !== null && all.unknown > 0.99) return 'The sessions do not say what they were about.';
  const reach =
    oneDeal && all.sessions >= MINIMUM_SESSIONS
      ? ` (95% interval ${rate(oneDeal.low, 0)} to ${rate(oneDeal.high, 0)})`
      : '';
  return `${rate(all.behaviours, 0)} of ${count(all.sessions, 'session')} were about behaviours that go before wins, ${rate(all.results, 0)} about results that are in, ${rate(all.oneDeal, 0)}${reach} about one deal: the manager saving it.`;
}

export const kindNames: Record<string, string> = {
  coaching_to_training: 'coaching became training',
  insight_to_content: 'insight became content',
  insight_to_product: 'insight became product',
  value_to_scoring: 'value became deal scoring',
};

/** How many loops closed. */
export function loopsInWords({ kinds, loops }: Loops): string {
  const closed = kinds.reduce((sum, kind) => sum + kind.closed, 0);
  const none = Object.keys(kindNames).filter(
    (kind) => !kinds.some((each) => each.kind === kind && each.closed > 0),
  );
  const rest = none.length === 0 ? '' : ` None yet: ${none.map((kind) => kindNames[kind]).join(', ')}.`;
  return `${closed} of ${count(loops.length, 'loop')} opened ${closed === 1 ? 'is' : 'are'} closed.${rest}`;
}

/** The rates before and after trainings that rest on enough deals to be shown. */
export const pathShown = ({ path }: TrainAndCoast) =>
  path
    .filter(({ deals, list }) => deals >= MINIMUM_DEALS && list > 0)
    .map(({ since, coached, discount, list, deals }) => ({ since, coached, rate: discount / list, deals }));

/** What became of the discount rate after trainings, where coaching followed and where not. */
export function pathInWords(found: TrainAndCoast): { any: boolean; words: string } {
  const shown = pathShown(found);
  const sides = [true, false].filter((side) => shown.filter(({ coached }) => coached === side).length > 1);
  if (sides.length === 0)
    return {
      any: false,
      words: 'Too few deals were closed around the trainings to show what became of discounts.',
    };
  const change = (side: boolean) => {
    const [before, after] = [false, true].map((later) => {
      const part = found.path.filter(({ since, coached }) => coached === side && since >= 0 === later);
      const sum = (pick: (row: (typeof part)[number]) => number) =>
        part.reduce((total, row) => total + pick(row), 0);
      return sum((row) => row.discount) / sum((row) => row.list);
    });
    return `from ${rate(before!)} to ${rate(after!)} where ${side ? 'coaching followed' : 'none followed'}`;
  };
  return {
    any: true,
    words: `In the nine months around a training the discount rate went ${sides.map(change).join(', and ')}. Who is coached after a training is not chance, so this is association; a deal counts for every training it lies around.`,
  };
}
