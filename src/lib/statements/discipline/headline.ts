import { count } from '../../design/formats.ts';
import type { Looked, Said } from './section.ts';

/** Findings that the lines under the headline tell. */
const TOLD = 3;

/** What costs most first; what has no price after it, in the order of the page. */
const inOrder = (said: readonly Said[]) =>
  said
    .map((one, at) => ({ one, at }))
    .toSorted((a, b) => (b.one.dollars ?? 0) - (a.one.dollars ?? 0) || a.at - b.at)
    .map(({ one }) => one);

/** What the page found, the two that matter most; with nothing to say it says that. */
export function disciplineHeadline(said: readonly Said[], looked: number): string {
  const [first, second] = inOrder(said);
  if (!first)
    return looked === 0
      ? 'There is too little to tell whether discounts are disciplined'
      : 'Nothing shows that the process is gamed';
  if (!second) return first.headline;
  const { headline, isNamed } = second;
  return `${first.headline}; ${isNamed ? headline : headline[0]!.toLowerCase() + headline.slice(1)}`;
}

/** The findings in their sentences, and how many comparisons they were chosen from. */
export function disciplineStandfirst(
  said: readonly Said[],
  looked: readonly Looked[],
  stands: (id: string) => boolean,
): string {
  const kept = looked.filter(({ id }) => stands(id)).length;
  const chosen =
    looked.length === 0
      ? ''
      : `${count(kept)} of ${count(looked.length, 'comparison')} on this page ${kept === 1 ? 'is' : 'are'} more than chance explains, at a false-discovery rate of 10%.`;
  return [
    ...inOrder(said)
      .slice(0, TOLD)
      .map(({ sentence }) => sentence),
    chosen,
  ]
    .filter(Boolean)
    .join(' ');
}
