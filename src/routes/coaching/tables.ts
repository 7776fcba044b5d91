import { dealsHref, type Asking } from '$lib/asking/asking.ts';
import { date } from '$lib/design/formats.ts';
import type { Column, Row } from '$lib/design/table.ts';
import type { Cadence, RepCadence } from '$lib/questions/coaching/cadence.ts';
import type { Focus } from '$lib/questions/coaching/focus.ts';
import type { Loops } from '$lib/questions/coaching/loops.ts';
import { MINIMUM_SESSIONS } from '$lib/questions/coaching/thresholds.ts';
import type { TrainAndCoast } from '$lib/questions/coaching/training.ts';
import { personHref } from '$lib/records/teamLinks.ts';
import { kindNames } from '$lib/statements/coaching/sections.ts';

const stageWords = { never: 'never coached', event: 'events', process: 'process' };

export const cadenceSplits = ['rep', 'manager'] as const;
export type CadenceSplit = (typeof cadenceSplits)[number];

export const repColumns: Column[] = [
  { id: 'name', label: 'Rep' },
  { id: 'manager', label: 'Manager', phone: 'line' },
  { id: 'share', label: 'Months coached', unit: 'rate', bar: true, phone: 'figure' },
  { id: 'sessions', label: 'Sessions', unit: 'count', phone: 'line' },
  { id: 'gap', label: 'Longest gap', unit: 'days', phone: 'line' },
  { id: 'since', label: 'Since the last', unit: 'days', phone: 'line' },
  { id: 'stage', label: 'Stage', phone: 'line' },
];

export const managerColumns: Column[] = [
  { id: 'name', label: 'Manager' },
  { id: 'reps', label: 'Reps', unit: 'count', phone: 'line' },
  { id: 'share', label: 'Months coached', unit: 'rate', bar: true, phone: 'figure' },
  { id: 'sessions', label: 'Sessions', unit: 'count', phone: 'line' },
  { id: 'steady', label: 'Without a long gap', unit: 'count', phone: 'line' },
  { id: 'never', label: 'Never coached', unit: 'count', phone: 'line' },
];

const shareOf = (reps: readonly RepCadence[]) => {
  const months = reps.reduce((sum, rep) => sum + rep.months, 0);
  return months > 0 ? reps.reduce((sum, rep) => sum + rep.coachedMonths, 0) / months : null;
};

export function repRows({ reps }: Cadence, search: URLSearchParams): Row[] {
  return reps.map((rep) => ({
    key: rep.rep,
    href: personHref('rep', rep.rep, search),
    cells: {
      name: rep.name,
      manager: rep.managerName,
      share: shareOf([rep]),
      sessions: rep.sessions,
      gap: rep.longestGap,
      since: rep.daysSince,
      stage: stageWords[rep.stage],
    },
  }));
}

export function managerRows({ reps }: Cadence, search: URLSearchParams): Row[] {
  return [...new Set(reps.map(({ manager }) => manager))].map((manager) => {
    const team = reps.filter((rep) => rep.manager === manager);
    return {
      key: String(manager),
      ...(manager === null ? {} : { href: personHref('manager', manager, search) }),
      cells: {
        name: team[0]!.managerName ?? 'no manager known',
        reps: team.length,
        share: shareOf(team),
        sessions: team.reduce((sum, rep) => sum + rep.sessions, 0),
        steady: team.filter(({ stage }) => stage === 'process').length,
        never: team.filter(({ stage }) => stage === 'never').length,
      },
    };
  });
}

export const trainingColumns: Column[] = [
  { id: 'name', label: 'Training' },
  { id: 'held_on', label: 'Held on', phone: 'line' },
  { id: 'attended', label: 'Attended', unit: 'count', phone: 'line' },
  { id: 'followed', label: 'Coached within 60 days', unit: 'count', phone: 'line' },
  { id: 'share', label: 'Share', unit: 'rate', bar: true, phone: 'figure' },
];

export const trainingRows = ({ trainings }: TrainAndCoast): Row[] =>
  trainings.map(({ held_on, skill, attended, followed, is_over }) => ({
    key: `${held_on} ${skill}`,
    faint: !is_over,
    cells: {
      name: skill ?? 'not named',
      held_on: date(held_on),
      attended,
      followed,
      share: is_over ? followed / attended : null,
    },
    ...(is_over ? {} : { notes: { share: 'its 60 days are not over' } }),
  }));

export const focusColumns: Column[] = [
  { id: 'name', label: 'Manager' },
  { id: 'sessions', label: 'Sessions', unit: 'count', phone: 'line' },
  { id: 'behaviours', label: 'Predictive behaviours', unit: 'rate', bar: true, phone: 'figure' },
  { id: 'results', label: 'Trailing results', unit: 'rate', phone: 'line' },
  { id: 'oneDeal', label: 'One deal', unit: 'rate', phone: 'line' },
  { id: 'unknown', label: 'Not said', unit: 'rate', phone: 'line' },
];

export function focusRows({ byManager, all }: Focus, search: URLSearchParams): { rows: Row[]; total: Row } {
  const rowOf = ({ id, name, sessions, ...shares }: Focus['all']): Row => ({
    key: id,
    faint: sessions < MINIMUM_SESSIONS,
    cells: { name, sessions, ...shares },
  });
  const rows = byManager.map((each) => ({
    ...rowOf(each),
    ...(each.id === 'null' ? {} : { href: personHref('manager', each.id, search) }),
  }));
  return { rows, total: { ...rowOf(all), faint: false, cells: { ...rowOf(all).cells, name: 'All' } } };
}

export const loopKindColumns: Column[] = [
  { id: 'name', label: 'Loop' },
  { id: 'opened', label: 'Opened', unit: 'count', phone: 'line' },
  { id: 'closed', label: 'Closed', unit: 'count', phone: 'figure' },
  { id: 'open', label: 'Still open', unit: 'count', phone: 'line' },
  { id: 'days', label: 'Median to close', unit: 'days', phone: 'line' },
];

export const loopKindRows = ({ kinds }: Loops): Row[] =>
  kinds.map(({ kind, ...cells }) => ({ key: kind, cells: { name: kindNames[kind] ?? kind, ...cells } }));

export const loopColumns: Column[] = [
  { id: 'name', label: 'What travelled' },
  { id: 'kind', label: 'How', phone: 'line' },
  { id: 'opened', label: 'Opened', phone: 'line' },
  { id: 'closed', label: 'Closed', phone: 'line' },
  { id: 'days', label: 'Took', unit: 'days', phone: 'figure' },
];

export const loopRows = ({ loops }: Loops): Row[] =>
  loops.map((loop) => ({
    key: loop.loop_id,
    cells: {
      name: loop.evidence ?? loop.loop_id,
      kind: kindNames[loop.kind] ?? loop.kind,
      opened: loop.opened_on === null ? null : date(loop.opened_on),
      closed: loop.closed_on === null ? 'still open' : date(loop.closed_on),
      days: loop.days,
    },
  }));

/** The deals of coached reps that an effect rests on: all of those asked about that are closed. */
export const closedDeals = (asking: Asking): string => dealsHref(asking, { is_closed: 'true' });
