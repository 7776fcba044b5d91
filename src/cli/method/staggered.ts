import { Problem } from '../../../pipeline/problem.ts';
import { NoPanel, type PanelRow } from '../../lib/statistics/panel.ts';
import { staggeredDifference, type StaggeredOptions } from '../../lib/statistics/staggeredDifference.ts';
import type { Judged } from '../../lib/statistics/verdict.ts';
import { clockOf, firstTreatedIn } from './periods.ts';
import { figure, interval, type Method } from './result.ts';
import { numberIn, type RoleTable } from './roles.ts';

function estimated(rows: PanelRow[], options: StaggeredOptions, { file }: RoleTable) {
  try {
    return staggeredDifference(rows, options);
  } catch (error) {
    if (!(error instanceof NoPanel)) throw error;
    throw new Problem(error.message, 'Each unit needs one row a time, and one first treated time.', { file });
  }
}

function said({ verdict, largerThan }: Judged): string {
  if (verdict === 'effect') return 'an effect';
  return verdict === 'cannot tell' ? verdict : `no effect larger than ${figure(largerThan)}`;
}

const row = (label: string, found: Judged) => [
  label,
  figure(found.estimate),
  figure(found.error),
  interval(found.low, found.high),
];
const head = (first: string) => [first, 'effect', 'error', '95% interval'];

export const staggered: Method<StaggeredOptions> = {
  name: 'staggered-did',
  summary: 'effect of a treatment that starts at different times',
  source:
    "Callaway & Sant'Anna 2021, Difference-in-differences with multiple time periods, Journal of Econometrics " +
    '225, 200–230; small-sample errors after Bell & McCaffrey 2002 and Pustejovsky & Tipton 2018',
  roles: [
    { name: 'unit', about: 'who' },
    { name: 'time', about: 'when' },
    { name: 'first_treated', about: 'first treated time, empty or 0 for never' },
    { name: 'outcome', about: 'what is measured' },
    { name: 'cluster', about: 'whose errors go together; the unit where not given', optional: true },
  ],
  example: 'staggered-did reps.csv --column outcome=discount_rate --control not-yet --anticipation 1',
  run(table, options) {
    const clock = clockOf(table, 'time');
    const measured = table.rows.filter(({ cells }) => cells['outcome'] !== '');
    const rows = measured.map((each): PanelRow => {
      const cluster = each.cells['cluster'];
      return {
        unit: each.cells['unit']!,
        time: clock.at(each.cells['time']!),
        firstTreated: firstTreatedIn(table, each, clock),
        outcome: numberIn(table, each, 'outcome'),
        ...(cluster ? { cluster } : {}),
      };
    });
    const empty = table.rows.length - measured.length;
    const found = estimated(rows, options, table);
    const { overall, overallEvents, simple, groupTimes, events, groups, leads, ...rest } = found;
    const labelled = <Each extends { group: number }>(each: Each) => ({
      ...each,
      group: clock.label(each.group),
    });
    const warnings = empty > 0 ? [`${empty} rows left out: no outcome.`, ...rest.warnings] : rest.warnings;
    return {
      estimate: overall.estimate,
      low: overall.low,
      high: overall.high,
      what: 'mean effect on the treated, over cohorts',
      n: found.units,
      of: `units (${found.clusters} clusters, ${found.neverTreated} never treated)`,
      answer: said(overall),
      warnings,
      facts: {
        standard_error: overall.error,
        degrees_of_freedom: overall.df,
        smallest_detectable_effect: overall.smallestDetectable,
        minimum_effect: options.minimumEffect ?? 0,
        control: options.control,
        base: options.base,
        anticipation: options.anticipation,
        clusters: found.clusters,
        never_treated: found.neverTreated,
        group_times: groupTimes.map((each) => ({ ...labelled(each), time: clock.label(each.time) })),
        event_study: { overall: overallEvents, events },
        groups: { overall, groups: groups.map(labelled) },
        simple,
        leads,
      },
      sections: [
        {
          title: 'Summaries',
          head: head('over'),
          rows: [row('cohorts', overall), row('time since', overallEvents), row('all', simple)],
        },
        {
          title: 'By time since treatment',
          head: [...head('time'), '95% band'],
          rows: events.map((each) => [
            ...row(figure(each.event).replace(/\.0+$/, ''), each),
            interval(each.bandLow, each.bandHigh),
          ]),
        },
        {
          title: 'By cohort',
          head: head('cohort'),
          rows: groups.map((each) => row(clock.label(each.group), each)),
        },
        {
          title: 'By cohort and time',
          head: ['cohort', ...head('time')],
          rows: groupTimes.map((each) => [clock.label(each.group), ...row(clock.label(each.time), each)]),
        },
        {
          title: 'What such data can show',
          head: ['smallest detectable effect', 'leads tested', 'chance of such leads'],
          rows: [[figure(overall.smallestDetectable), String(leads.tested), figure(leads.p)]],
        },
      ],
    };
  },
};
