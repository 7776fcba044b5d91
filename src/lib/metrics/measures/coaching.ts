import type { Measure } from '../definition.ts';

const share = (of: string) => `(sum(${of}) {all})::double / nullif(sum(sessions) {all}, 0)`;

/** How reps are coached, from their months. */
export const coaching: readonly Measure[] = [
  {
    id: 'sessions',
    label: 'Coaching sessions',
    definition: 'Coaching sessions and ride-alongs held with a rep; trainings are counted apart.',
    sql: { rep_month: 'sum(sessions) {all}' },
    format: 'count',
    direction: 'up',
  },
  {
    id: 'coaching_minutes',
    label: 'Minutes of coaching',
    definition: 'Minutes of coaching sessions and ride-alongs, where the source says how long they were.',
    sql: { rep_month: 'sum(coaching_minutes) {all}' },
    format: 'count',
    direction: 'up',
  },
  {
    id: 'coached_reps',
    label: 'Reps coached in a month',
    definition:
      'Rep-months with a coaching session ÷ all rep-months that are over: over one month the share of its reps who were coached.',
    sql: {
      rep_month: `(count(*) {all and sessions > 0 and month_is_over})::double
        / nullif(count(*) {all and month_is_over}, 0)`,
    },
    format: 'rate',
    direction: 'up',
    source: 'CSO Insights 2019 Sales Best Practices Study, behaviour 8, as quoted by the maturity model',
  },
  {
    id: 'rep_months',
    label: 'Months of reps',
    definition:
      'Months over which reps were there, each rep and month counted once; the month under way is left out.',
    sql: { rep_month: 'count(*) {all and month_is_over}' },
    format: 'count',
    direction: 'none',
  },
  {
    id: 'reps',
    label: 'Reps',
    definition: 'People who own deals or are coached, in the months they were there.',
    sql: { rep_month: 'count(distinct rep_id) {all}' },
    format: 'count',
    direction: 'none',
  },
  {
    id: 'behaviour_share',
    label: 'Sessions on predictive behaviours',
    definition:
      'Share of coaching sessions about what goes before a win: call plans, value conversations and the like.',
    sql: { rep_month: share('sessions_on_behaviours') },
    format: 'rate',
    direction: 'up',
  },
  {
    id: 'results_share',
    label: 'Sessions on trailing results',
    definition: 'Share of coaching sessions about results that are in already.',
    sql: { rep_month: share('sessions_on_results') },
    format: 'rate',
    direction: 'down',
  },
  {
    id: 'one_deal_share',
    label: 'Sessions on one deal',
    definition:
      'Share of coaching sessions about one deal: the session says so, or names a deal that closed within 14 days of it.',
    sql: { rep_month: share('sessions_on_one_deal') },
    format: 'rate',
    direction: 'down',
  },
  {
    id: 'trainings',
    label: 'Trainings attended',
    definition: 'Training events that a rep attended.',
    sql: { rep_month: 'sum(trainings) {all}' },
    format: 'count',
    direction: 'none',
  },
  {
    id: 'training_minutes',
    label: 'Minutes of training',
    definition: 'Minutes of the trainings attended, where the source says how long they were.',
    sql: { rep_month: 'sum(training_minutes) {all}' },
    format: 'count',
    direction: 'none',
  },
];
