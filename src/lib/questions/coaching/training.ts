import { repSeen } from '../../access/scope.ts';
import type { Asking } from '../../asking/asking.ts';
import type { Scope } from '../../metrics/request.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { repsAsked } from './repsAsked.ts';
import { COAST } from './thresholds.ts';

export interface Attended {
  rep: string;
  skill: string | null;
  held_on: string;
  minutes: number | null;
  /** Coaching sessions in the 60 days after. */
  followed: number;
  /** The 60 days are over. */
  is_over: boolean;
}

export interface Training {
  held_on: string;
  skill: string | null;
  attended: number;
  followed: number;
  is_over: boolean;
}

/** The outcome by quarters since the training, of those coached after it and those who coasted. */
export interface AfterTraining {
  since: number;
  coached: boolean;
  list: number;
  discount: number;
  deals: number;
}

export interface TrainAndCoast {
  trainings: Training[];
  /** Attendances whose 60 days are over, and those of them without coaching in that time. */
  attended: number;
  coasted: number;
  path: AfterTraining[];
}

const PATH = 3;

function byTraining(rows: readonly Attended[]): Training[] {
  const found = new Map<string, Training>();
  for (const { held_on, skill, followed, is_over } of rows) {
    const key = JSON.stringify([held_on, skill]);
    const training = found.get(key) ?? { held_on, skill, attended: 0, followed: 0, is_over };
    training.attended += 1;
    if (followed > 0) training.followed += 1;
    found.set(key, training);
  }
  return [...found.values()].sort((a, b) => b.held_on.localeCompare(a.held_on));
}

/** Which trainings were followed by coaching within 60 days, and what became of the discount rate after them. */
export async function trainAndCoast(
  warehouse: Warehouse,
  asking: Asking,
  scope: Scope,
): Promise<TrainAndCoast> {
  const asked = await repsAsked(warehouse, asking, scope);
  const parameters = {
    from: asking.span?.from ?? '0001-01-01',
    until: asking.span?.to ?? '9999-12-31',
    asked: asked === null ? null : JSON.stringify([...asked]),
  };
  const seen = repSeen(scope, 'rep_id');
  const training = `
    select distinct rep_id, held_on, skill, max(minutes) over (partition by rep_id, held_on, skill) as minutes
    from core.coaching
    where is_training and held_on >= $from::date and held_on < $until::date and ${seen.test}
    and ($asked is null or rep_id in (select unnest(from_json($asked::varchar, '["VARCHAR"]'))))`;
  const followed = `
    select training.*, count(session.held_on) as followed,
      training.held_on + ${COAST} <= (select data_on from meta.build) as is_over
    from training
    left join (select rep_id, held_on from core.coaching where not is_training) session
      on session.rep_id = training.rep_id
      and session.held_on > training.held_on and session.held_on <= training.held_on + ${COAST}
    group by all`;
  const [rows, path] = await Promise.all([
    warehouse.rows<Attended>(
      `with training as (${training})
       select rep_id as rep, skill, held_on, minutes, followed, is_over from (${followed}) order by held_on, rep_id`,
      { ...parameters, ...seen.parameters },
    ),
    warehouse.rows<AfterTraining>(
      `with training as (${training}),
       followed as (${followed})
       select
         floor((deal.closed_on - followed.held_on) / 91.0)::integer as since,
         followed.followed > 0 as coached,
         sum(deal.list_amount_base)::double as list,
         sum(deal.discount_base)::double as discount,
         count(*) as deals
       from followed
       join marts.fact_deal deal on deal.rep_id = followed.rep_id
       where followed.is_over and deal.is_won and deal.list_amount_base > 0
       and deal.closed_on >= followed.held_on - ${PATH * 91}
       and deal.closed_on < followed.held_on + ${PATH * 91}
       and deal.closed_on <= (select data_on from meta.build)
       group by all order by coached, since`,
      { ...parameters, ...seen.parameters },
    ),
  ]);
  const over = rows.filter(({ is_over }) => is_over);
  return {
    trainings: byTraining(rows),
    attended: over.length,
    coasted: over.filter((row) => row.followed === 0).length,
    path,
  };
}
