import { count, decimal } from '../../design/formats.ts';
import type { Column, Row } from '../../design/table.ts';
import { holdingBack, type IndicatorState } from '../../questions/maturity/indicators.ts';
import type { DomainLevel } from '../../questions/maturity/levels.ts';
import type { MaturityModel } from '../../questions/maturity/model.ts';
import { figureNeeded, figureNow } from './figures.ts';
import { levelInWords } from './profile.ts';

export interface TableOf {
  answer: string;
  columns: Column[];
  rows: Row[];
}

const conditionColumns: Column[] = [
  { id: 'label', label: 'Indicator', sortable: false },
  { id: 'gates', label: 'Level', sortable: false, phone: 'line' },
  { id: 'now', label: 'Now', sortable: false, phone: 'line' },
  { id: 'needed', label: 'Needed', sortable: false, phone: 'line' },
  { id: 'state', label: 'State', sortable: false, phone: 'line' },
  { id: 'who', label: 'Who can move it', sortable: false, phone: 'line' },
];

function conditionRow(model: MaturityModel, state: IndicatorState, follow: (page: string) => string): Row {
  const { figure, basis } = figureNow(model, state);
  return {
    key: `${state.indicator_id} ${state.level}`,
    cells: {
      label: state.label,
      gates: model.levels[state.level]!,
      now: figure ?? 'unknown',
      needed: figureNeeded(model, state),
      state: state.state,
      who: state.who,
    },
    ...(state.evidence ? { href: follow(state.evidence) } : {}),
    notes: { label: state.statement, now: basis },
    faint: state.state === 'unknown',
  };
}

/** What keeps a domain from its next level, nearest first. */
export function holdsBack(
  model: MaturityModel,
  states: readonly IndicatorState[],
  domain: string,
  follow: (page: string) => string,
): TableOf {
  const held = holdingBack(states.filter((state) => state.domain === domain));
  const first = held[0];
  const next = held.filter(({ level }) => level === first?.level);
  const failing = next.filter(({ state }) => state === 'not met').length;
  const unknown = next.length - failing;
  const parts = [
    failing > 0 ? `${count(failing, 'condition')} not met` : '',
    unknown > 0 ? `${count(unknown, 'condition')} unknown` : '',
  ].filter(Boolean);
  return {
    answer: first
      ? `To be ${model.levels[first.level]} without doubt: ${parts.join(' and ')}.`
      : 'Nothing: every condition of every level is met.',
    columns: conditionColumns,
    rows: held.map((state) => conditionRow(model, state, follow)),
  };
}

/** Every indicator that is met, for those who want to see what bears the level. */
export function allMet(
  model: MaturityModel,
  states: readonly IndicatorState[],
  follow: (page: string) => string,
): TableOf {
  const met = states.filter(({ state }) => state === 'met');
  return {
    answer:
      met.length === 0
        ? 'No condition is met for sure.'
        : `${count(met.length, 'condition')} of ${states.length} are met.`,
    columns: conditionColumns,
    rows: met.map((state) => conditionRow(model, state, follow)),
  };
}

/** Below this share of known conditions a place's levels say too little to be compared. */
const THIN = 0.25;

/** Regions or teams side by side. */
export function sideBySide(
  model: MaturityModel,
  levels: readonly DomainLevel[],
  kind: 'region' | 'team',
  link: (name: string) => string,
): { columns: Column[]; rows: Row[] } {
  const domains = Object.entries(model.domains);
  const columns: Column[] = [
    { id: 'name', label: kind === 'region' ? 'Region' : 'Team', sortable: false },
    ...domains.map(([id, { label }]): Column => ({ id, label, sortable: false, phone: 'line' })),
    { id: 'known', label: 'Conditions known', unit: 'rate', sortable: false, phone: 'line' },
  ];
  const names = [...new Set(levels.filter((level) => level.scope_kind === kind).map(({ scope }) => scope))];
  const rows = names.map((name): Row => {
    const own = levels.filter((level) => level.scope_kind === kind && level.scope === name);
    const known = own.reduce((sum, { met, not_met }) => sum + met + not_met, 0);
    const all = own.reduce((sum, { met, not_met, unknown }) => sum + met + not_met + unknown, 0);
    const cells = Object.fromEntries(
      own.map((level) => [level.domain, levelInWords(model, level.level_at_least, level.level_at_most)]),
    );
    const share = all === 0 ? null : known / all;
    // A level that rests on almost nothing is shown, and not to be compared.
    return {
      key: name,
      href: link(name),
      cells: { name, ...cells, known: share },
      faint: (share ?? 0) < THIN,
    };
  });
  return { columns, rows };
}

/** "Score 1.65 of 3" for each domain, with the share of conditions it rests on. */
export function scoreInWords(levels: readonly DomainLevel[], model: MaturityModel): string {
  const told = Object.entries(model.domains).flatMap(([domain, { label }]) => {
    const score = levels.find((level) => level.domain === domain)?.score;
    return typeof score === 'number' ? [`${label} ${decimal(score, 2)}`] : [];
  });
  return told.length === 0
    ? 'No condition is known, so there is no score.'
    : `Score, of 3: ${told.join('; ')}. It adds up the share of conditions met at good, great and elite, unknown ones left out.`;
}
