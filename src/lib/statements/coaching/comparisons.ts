import { count, decimal, points, rate } from '../../design/formats.ts';
import type { Column, Row } from '../../design/table.ts';
import type { Effects, OutcomeEffect } from '../../questions/coaching/effects.ts';
import { PRETENDED } from '../../statistics/placeboDate.ts';
import type { Judged } from '../../statistics/verdict.ts';
import { verdictInWords } from './effectWords.ts';

export interface Table {
  columns: Column[];
  rows: Row[];
}

function row(key: string, name: string, found: Judged | null, n: string, rest: Row['cells'] = {}): Row {
  return {
    key,
    faint: found === null || found.error === null,
    cells: {
      name,
      estimate: found?.estimate ?? null,
      low: found?.low ?? null,
      high: found?.high ?? null,
      smallest: found?.smallestDetectable == null ? null : 100 * found.smallestDetectable,
      said: found ? verdictInWords(found) : 'not to be had from these data',
      n,
      ...rest,
    },
  };
}

const columns = (first: string): Column[] => [
  { id: 'name', label: first },
  { id: 'estimate', label: 'Effect', unit: 'points', signed: true, phone: 'figure' },
  { id: 'low', label: '95% from', unit: 'points', signed: true, phone: 'line' },
  { id: 'high', label: 'to', unit: 'points', signed: true, phone: 'line' },
  { id: 'smallest', label: 'Smallest that would show, pts', unit: 'number', phone: 'line' },
  { id: 'said', label: 'Says', phone: 'line' },
  { id: 'n', label: 'Rests on', phone: 'line' },
];

const basis = ({ main }: Pick<OutcomeEffect, 'main'>) =>
  main ? `${count(main.treated, 'rep')}, ${count(main.treatedOutcomes, 'quarter')} of theirs` : '';

/** Every outcome's effect; what there is no data for is a row that says so. */
export function outcomesTable({ outcomes, placebo }: Effects): Table {
  const rows = outcomes.map((each) =>
    row(each.outcome.id, each.outcome.label, each.main?.overall ?? null, basis(each)),
  );
  if (!outcomes.some(({ outcome }) => outcome.id === 'forecast_bias'))
    rows.push({
      ...row('forecast_bias', 'forecast bias', null, ''),
      cells: { name: 'forecast bias', said: 'not available: no forecasts by rep and quarter', n: '' },
    });
  if (placebo)
    rows.push(
      row(
        'placebo',
        'placebo: discounts by programme, which no coaching decides',
        placebo.main?.overall ?? null,
        basis(placebo),
      ),
    );
  return { columns: columns('Outcome'), rows };
}

/** The same question asked in other ways, each with what can fool it. */
export function comparisonsTable({ chosen, dose, anticipation }: Effects): Table {
  const { main, never, later, complete, lagged, naive, pretended } = chosen;
  const fooled = (text: string) => ({ fooled: text });
  const theirs = (found: { treated: number } | null) => (found ? count(found.treated, 'coached rep') : '');
  const rows = [
    row(
      'main',
      'against all not coached at the time',
      main?.overall ?? null,
      basis(chosen),
      fooled('a bad spell longer than the window; not reps weak for good'),
    ),
    row(
      'lagged',
      'against reps alike before',
      lagged,
      theirs(lagged),
      fooled('reps weak for good; not a bad spell that passes'),
    ),
    row(
      'naive',
      'before and after alone',
      naive,
      naive ? count(naive.units, 'rep') : '',
      fooled('a bad spell that passes, and whatever else changed'),
    ),
    row(
      'never',
      'against reps never coached',
      never?.overall ?? null,
      never ? count(never.neverTreated, 'rep') : '',
      fooled('reps left out for reasons of their own'),
    ),
    row(
      'later',
      'against reps coached later',
      later?.overall ?? null,
      later ? count(later.untreated, 'rep') : '',
      fooled('ends when the last has begun'),
    ),
    row(
      'complete',
      'only reps who sold in every quarter',
      complete,
      complete ? count(complete.units, 'rep') : '',
      fooled('the busiest reps are not all reps'),
    ),
    row(
      'pretended',
      `placebo: a start ${count(PRETENDED + anticipation, 'quarter')} early`,
      pretended,
      '',
      fooled('should be nothing'),
    ),
  ];
  const often = dose.middle === null ? '' : ` (${decimal(dose.middle, 1)} sessions a month)`;
  if (dose.more)
    rows.push(row('more', `coached more often than the middle rep${often}`, dose.more, '', fooled('')));
  if (dose.less) rows.push(row('less', 'coached less often', dose.less, '', fooled('')));
  return {
    columns: [
      ...columns('Compared'),
      { id: 'fooled', label: 'Can be fooled by', sortable: false, phone: 'line' },
    ],
    rows,
  };
}

/** What the two brackets can and can't rule out, and where the truth lies if one of them holds. */
export function ruledOut({ chosen, anticipation }: Effects): string[] {
  const { main, lagged, naive, outcome } = chosen;
  if (!main) return [];
  const said: string[] = [
    'Two different things can fool a comparison of coached reps. Weak reps stay weak: comparing each rep’s change with others’ change rules that out, since a lasting difference is there before and after.',
    anticipation > 0
      ? `A bad spell passes by itself: reps are picked for coaching when it is worst, and recover anyway. ${count(anticipation, 'quarter')} before the start ${anticipation === 1 ? 'is' : 'are'} left out for that. ${main.leads.p === null ? 'Whether a longer spell came before can’t be tested here.' : main.leads.flag ? 'But earlier quarters differ too, so a longer spell is not ruled out.' : `The ${count(main.leads.tested, 'quarter')} before show no difference beyond noise (p ${decimal(main.leads.p)}), which makes a longer spell less likely and does not rule it out.`}`
      : 'A bad spell passes by itself: no quarter before the start is left out here, so a recovery would be counted as coaching.',
  ];
  if (lagged?.error !== null && lagged && main.overall.error !== null)
    said.push(
      `Comparing reps who were alike before (${points(lagged.estimate)}, ${rate(lagged.persistence, 0)} of a difference lasting) rules out the bad spell and not the lasting weakness. If one of the two assumptions holds, the effect on the ${outcome.label} is between the two.`,
    );
  if (naive)
    said.push(
      'Before and after alone rules out neither: it counts the market, the season and every recovery as coaching.',
    );
  return said;
}
