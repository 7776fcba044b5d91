import { count } from '../../design/formats.ts';
import type { DomainLevel } from '../../questions/maturity/levels.ts';
import type { MaturityModel } from '../../questions/maturity/model.ts';
import type { Place } from '../../questions/maturity/place.ts';

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

/** What is known and what is not, and since when it has moved. */
export function profileStandfirst(standings: readonly Standing[], before: readonly DomainLevel[]): string {
  const unknown = standings.filter(({ atLeast, atMost }) => atLeast !== atMost);
  const range =
    unknown.length === 0
      ? 'Every level is settled by what is known.'
      : 'Where a level is a range, what is unknown leaves it open.';
  const moved = (way: 'risen' | 'fallen') =>
    standings.flatMap(({ domain, said, atLeast }) => {
      const then = before.find((level) => level.domain === domain)?.level_at_least ?? atLeast;
      return (way === 'risen' ? then < atLeast : then > atLeast) ? [said] : [];
    });
  const told = (['risen', 'fallen'] as const).flatMap((way) => {
    const names = moved(way);
    if (names.length === 0) return [];
    return [
      `${capital(inARow(names))} ${names.length === 1 ? 'has' : 'have'} ${way} since the quarter before.`,
    ];
  });
  return [range, ...told].join(' ');
}
