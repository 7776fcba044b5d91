import { repSeen } from '../../access/scope.ts';
import type { Asking } from '../../asking/asking.ts';
import type { Scope } from '../../metrics/request.ts';
import { NoPanel } from '../../statistics/panel.ts';
import type { Judged } from '../../statistics/verdict.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';

interface RepDose {
  rep: string;
  sessions: number;
  minutes: number;
  months: number;
}

export interface Dose {
  reps: number;
  /** Sessions and minutes a rep and month, from the month after coaching began. */
  sessions: number | null;
  minutes: number | null;
  /** The effect on reps coached more and less often than the middle one; null where that can't be told apart. */
  more: Judged | null;
  less: Judged | null;
  middle: number | null;
}

type EffectOn = (about: (rep: string) => boolean) => Judged;

function orNothing(work: () => Judged): Judged | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof NoPanel) return null;
    throw error;
  }
}

/** How much coaching the coached get, and whether more of it goes with more of an effect. */
export async function doseOf(
  warehouse: Warehouse,
  asking: Asking,
  scope: Scope,
  asked: ReadonlySet<string> | null,
  effectOn: EffectOn,
): Promise<Dose> {
  const until = asking.span?.to ?? warehouse.build.data_on;
  const seen = repSeen(scope, 'rep_id');
  const coached = await warehouse.rows<RepDose>(
    `select rep_id as rep, sum(sessions) as sessions, sum(coaching_minutes) as minutes, count(*) as months
     from marts.fact_rep_month
     where month_start > cadence_from and month_is_over and month_end <= $until::date and ${seen.test}
     group by rep_id order by sum(sessions) / count(*), rep_id`,
    { until, ...seen.parameters },
  );
  const reps = coached.filter(({ rep }) => !asked || asked.has(rep));
  const sum = (pick: (rep: RepDose) => number) => reps.reduce((total, rep) => total + pick(rep), 0);
  const months = sum((rep) => rep.months);
  const rate = ({ sessions, months: over }: RepDose) => sessions / over;
  const middle = reps.length > 1 ? rate(reps[Math.floor(reps.length / 2)]!) : null;
  const more = new Set(reps.filter((rep) => middle !== null && rate(rep) >= middle).map(({ rep }) => rep));
  const less = new Set(reps.filter(({ rep }) => !more.has(rep)).map(({ rep }) => rep));
  return {
    reps: reps.length,
    sessions: months > 0 ? sum((rep) => rep.sessions) / months : null,
    minutes: months > 0 ? sum((rep) => rep.minutes) / months : null,
    middle,
    more: less.size > 0 ? orNothing(() => effectOn((rep) => more.has(rep))) : null,
    less: less.size > 0 ? orNothing(() => effectOn((rep) => less.has(rep))) : null,
  };
}
