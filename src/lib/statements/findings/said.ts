import type { Finding } from '../../questions/findings/finding.ts';
import { date, decimal, moneyShort } from '../../design/formats.ts';

/** What a page says of a finding. */
export interface Said {
  /** What is wrong: a clause without a full stop. */
  why: string;
  /** What to do about it, as one would ask a colleague. */
  todo: string;
  /** The page that proves it. */
  proof: string;
}

/** Makes the sentence of one kind of finding. */
export type Saying = (finding: Finding, currency: string) => Said;

/** A fact as a number; null where it is not known. */
export const number = ({ facts }: Finding, name: string): number | null =>
  typeof facts[name] === 'number' ? facts[name] : null;

/** A fact as text; null where it is not known. */
export const text = ({ facts }: Finding, name: string): string | null =>
  typeof facts[name] === 'string' ? facts[name] : null;

/** `22%`, `22.5%`: a rate given in percent, without decimals that say nothing. */
export const percent = (value: number | null): string =>
  value === null ? 'an unknown rate' : `${decimal(value, Number.isInteger(value) ? 0 : 1)}%`;

/** Whether it is a limit in percent that was passed: one that may not be granted itself is passed by reaching it. */
function passesRate(finding: Finding): boolean {
  const [rate, limit, most] = ['rate', 'limit', 'most'].map((name) => number(finding, name));
  return limit !== null && (most === null || rate! > limit!);
}

/** `22% on a limit of 20%`, or in money where that is what was passed. */
export function overLimit(finding: Finding, currency: string): string {
  const [rate, limit, most, discount] = ['rate', 'limit', 'most', 'discount'].map((name) =>
    number(finding, name),
  );
  if (passesRate(finding)) return `${percent(rate!)} on a limit of ${percent(limit!)}`;
  return `${moneyShort(discount!, currency)} of discount on a limit of ${moneyShort(most!, currency)} a ${text(finding, 'binds') ?? 'deal'}`;
}

/** What the seller may grant: `20%`, or `$25,000`. */
export function theLimit(finding: Finding, currency: string): string {
  const [limit, most] = ['limit', 'most'].map((name) => number(finding, name));
  return passesRate(finding) ? percent(limit!) : moneyShort(most!, currency);
}

export const due = ({ act_by }: Finding): string => (act_by === null ? '' : `; due ${date(act_by)}`);

export const ofDeal = ({ deal_id }: Finding, place = ''): string =>
  deal_id === null ? '/deals' : `/deals/${encodeURIComponent(deal_id)}${place}`;
