import { repSeen } from '../../access/scope.ts';
import { requestOf, type Asking } from '../../asking/asking.ts';
import { answer } from '../../metrics/answer.ts';
import type { Scope } from '../../metrics/request.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { aboutReps, repsAsked } from './repsAsked.ts';
import { LONGEST_GAP } from './thresholds.ts';

export interface CoachedMonth {
  month: string;
  starts_on: string;
  reps: number;
  /** Share of reps with a session. */
  share: number;
}

export type RepStage = 'never' | 'event' | 'process';

export interface RepCadence {
  rep: string;
  name: string;
  manager: string | null;
  managerName: string | null;
  region: string | null;
  /** Months over, and those of them with a session, since coaching began or the rep came. */
  months: number;
  coachedMonths: number;
  sessions: number;
  minutes: number;
  /** Longest stretch without a session since the first, up to the end asked about; null where there was none. */
  longestGap: number | null;
  daysSince: number | null;
  stage: RepStage;
}

export interface Cadence {
  months: CoachedMonth[];
  reps: RepCadence[];
}

async function monthsOf(warehouse: Warehouse, asking: Asking, scope: Scope): Promise<CoachedMonth[]> {
  const request = requestOf(aboutReps(asking), {
    measures: ['coached_reps', 'rep_months'],
    by: ['fiscal_month'],
  });
  const { rows } = await answer(warehouse, request, scope);
  const found = new Map(rows.map((row) => [row.fiscal_month, row]));
  return warehouse.periods
    .filter(({ kind, period }) => kind === 'month' && found.get(period)?.coached_reps != null)
    .map(({ period, starts_on }) => {
      const row = found.get(period)!;
      return {
        ...{ month: period, starts_on, reps: Number(row.rep_months) },
        share: Number(row.coached_reps),
      };
    });
}

function stageOf({ sessions, longestGap }: Pick<RepCadence, 'sessions' | 'longestGap'>): RepStage {
  if (sessions === 0) return 'never';
  return sessions > 1 && longestGap !== null && longestGap <= LONGEST_GAP ? 'process' : 'event';
}

/**
 * Who is coached how steadily. A rep's coaching is a process where no two sessions, nor the last one and the end of
 * what is asked about, are more than 60 days apart; sessions with longer gaps are events.
 */
export async function cadence(warehouse: Warehouse, asking: Asking, scope: Scope): Promise<Cadence> {
  const today = warehouse.build.data_on;
  const until = asking.span?.to && asking.span.to < today ? asking.span.to : today;
  const from = asking.span?.from ?? '0001-01-01';
  const seen = repSeen(scope, 'rep_id');
  const [months, asked, reps] = await Promise.all([
    monthsOf(warehouse, asking, scope),
    repsAsked(warehouse, asking, scope),
    warehouse.rows<Omit<RepCadence, 'stage'>>(
      `with month as (
         select * from marts.fact_rep_month
         where month_start >= $from::date and month_start < $until::date and ${seen.test}
       ),
       session as (
         select rep_id, held_on, lead(held_on, 1, $until::date) over (partition by rep_id order by held_on) as next_on
         from core.coaching
         where not is_training and held_on >= $from::date and held_on < $until::date and ${seen.test}
       ),
       gap as (
         select rep_id, max(next_on - held_on) as longest, $until::date - max(held_on) as since
         from session group by rep_id
       )
       select
         month.rep_id as rep,
         any_value(rep_name) as name,
         arg_max(manager_id, month_start) as manager,
         arg_max(manager_name, month_start) as "managerName",
         arg_max(region, month_start) as region,
         count(*) filter (month_is_over) as months,
         count(*) filter (month_is_over and sessions > 0) as "coachedMonths",
         sum(sessions) as sessions,
         sum(coaching_minutes) as minutes,
         any_value(gap.longest) as "longestGap",
         any_value(gap.since) as "daysSince"
       from month left join gap using (rep_id)
       group by month.rep_id
       having max(month_end) >= $until::date
       order by name, rep`,
      { from, until, ...seen.parameters },
    ),
  ]);
  return {
    months,
    reps: reps.filter(({ rep }) => !asked || asked.has(rep)).map((rep) => ({ ...rep, stage: stageOf(rep) })),
  };
}
