import { count } from '../../design/formats.ts';
import type { IndicatorState } from '../../questions/maturity/indicators.ts';
import type { DomainLevel } from '../../questions/maturity/levels.ts';
import type { MaturityModel } from '../../questions/maturity/model.ts';
import type { Place } from '../../questions/maturity/place.ts';
import { figureNeeded, figureNow } from './figures.ts';

/** One domain of the profile, as a ladder of levels shows it. */
export interface Standing {
  domain: string;
  label: string;
  said: string;
  question: string;
  atLeast: number;
  atMost: number;
  /** "good", or "average to great" */
  level: string;
  /** "6 of 13 conditions met, 1 unknown" */
  basis: string;
  score: number | null;
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

export function levelInWords({ levels }: MaturityModel, atLeast: number, atMost: number): string {
  return atLeast === atMost ? levels[atLeast]! : `${levels[atLeast]} to ${levels[atMost]}`;
}

/** The domains in the order of the model. */
export function standingsOf(model: MaturityModel, levels: readonly DomainLevel[]): Standing[] {
  return Object.entries(model.domains).flatMap(([domain, { label, said, question }]) => {
    const found = levels.find((level) => level.domain === domain);
    if (!found) return [];
    const { level_at_least: atLeast, level_at_most: atMost, met, not_met, unknown, score } = found;
    const open = unknown > 0 ? `, ${unknown} unknown` : '';
    return [
      {
        domain,
        label,
        said,
        question,
        atLeast,
        atMost,
        score,
        level: levelInWords(model, atLeast, atMost),
        basis: `${met} of ${count(met + not_met + unknown, 'condition')} met${open}`,
      },
    ];
  });
}

/** "Alignment is good, selling value is average to good, and enablement is average." */
export function profileHeadline(standings: readonly Standing[], place: Place): string {
  if (standings.length === 0) return 'Nothing is known yet about where you stand.';
  const parts = standings.map(({ said, level }) => `${said} is ${level}`);
  const where = place.kind === 'company' ? '' : ` in ${place.name}`;
  return `${capital(inARow(parts))}${where}.`;
}

const inARow = (parts: string[]) =>
  parts.length < 3 ? parts.join(' and ') : `${parts.slice(0, -1).join(', ')}, and ${parts.at(-1)}`;

interface Compared {
  now: readonly IndicatorState[];
  before: readonly IndicatorState[];
}

/** Whether chance alone could have put the figure on this side of its cut-off. */
const isClose = ({ kind, low, high, threshold }: IndicatorState) =>
  kind === 'computed' && low !== null && high !== null && low <= threshold && threshold <= high;

/** The condition that moved a domain's level, in words: "Managers coach, 31% against at most 30%". */
function movedBy(
  model: MaturityModel,
  { domain, atLeast }: Standing,
  then: number,
  { now, before }: Compared,
): string {
  const level = Math.min(atLeast, then) + 1;
  const turned = now.filter((state) => {
    if (state.domain !== domain || state.level > level) return false;
    const same = (one: IndicatorState) =>
      one.indicator_id === state.indicator_id && one.level === state.level;
    return (before.find(same)?.state ?? 'unknown') !== state.state;
  });
  if (turned.length === 0) return '';
  const said = turned.map((state) => {
    const { figure } = figureNow(model, state);
    const close = isClose(state) ? ', within its interval' : '';
    return `${state.label}, ${figure ?? 'unknown'} against ${figureNeeded(model, state)}${close}`;
  });
  return ` (${said.slice(0, 2).join('; ')}${said.length > 2 ? '; and others' : ''})`;
}

/** What is known and what is not, and what has moved since the quarter before, by which conditions. */
export function profileStandfirst(
  model: MaturityModel,
  standings: readonly Standing[],
  before: readonly DomainLevel[],
  states: Compared,
): string {
  const open = standings.some(({ atLeast, atMost }) => atLeast !== atMost);
  const range = open
    ? 'Where a level is a range, what is unknown leaves it open.'
    : 'No unknown condition leaves a level open.';
  const told = standings.flatMap((standing) => {
    const then = before.find(({ domain }) => domain === standing.domain)?.level_at_least;
    if (then === undefined || then === standing.atLeast) return [];
    const way = then < standing.atLeast ? 'risen' : 'fallen';
    return [
      `${capital(standing.said)} has ${way} since the quarter before${movedBy(model, standing, then, states)}.`,
    ];
  });
  return [range, ...told].join(' ');
}
