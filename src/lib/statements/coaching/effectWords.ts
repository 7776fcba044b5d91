import { count, points, pointsInterval } from '../../design/formats.ts';
import type { Effects, OutcomeEffect } from '../../questions/coaching/effects.ts';
import type { Judged } from '../../statistics/verdict.ts';

const size = (value: number) => points(Math.abs(value)).replace('+', '').replace('pts', 'points');

/** "−4.6 to +0.3 points"; what the data allow. */
export const reachOf = ({ low, high }: Judged): string =>
  low === null || high === null ? 'unknown' : `${pointsInterval(low, high)} points`;

/** What the numbers allow to be said of one comparison, in a few words for a table. */
export function verdictInWords({ verdict, largerThan, error }: Judged): string {
  if (verdict === 'effect') return 'an effect';
  if (verdict === 'cannot tell') return error === null ? 'cannot tell: no interval' : 'cannot tell';
  return `no effect larger than ${size(largerThan!)}`;
}

/** "higher" and "lower" of a difference in an outcome. */
const direction = (estimate: number) => (estimate < 0 ? 'lower' : 'higher');

/** What coaching did to one outcome, in one sentence, or why that can't be told. */
export function effectInWords({ outcome, main, why, stands }: OutcomeEffect): string {
  if (!main) return `What coaching did to the ${outcome.label} cannot be told. ${why}`;
  const { overall, leads, treatedClusters, clusters } = main;
  if (leads.flag)
    return `What coaching did to the ${outcome.label} cannot be told: coached reps’ figures already moved before coaching began.`;
  if (overall.error === null)
    return treatedClusters < 2 || clusters < 3
      ? `What coaching did to the ${outcome.label} cannot be told: with ${count(treatedClusters, 'manager')} who ${treatedClusters === 1 ? 'coaches' : 'coach'}, whatever else happened in the team looks the same.`
      : `What coaching did to the ${outcome.label} cannot be told: there are too few managers to see the noise by.`;
  if (overall.verdict === 'effect' && stands)
    return `Since they are coached, reps’ ${outcome.label} is ${size(overall.estimate)} ${direction(overall.estimate)} than it would have been (95% interval ${reachOf(overall)}).`;
  if (overall.verdict === 'effect')
    return `The ${outcome.label} of coached reps is ${size(overall.estimate)} ${direction(overall.estimate)}, but not beyond what looking at several outcomes throws up by chance.`;
  if (overall.verdict === 'cannot tell')
    return `Whether coaching changed the ${outcome.label} cannot be told: anything from ${reachOf(overall)} fits, and only ${size(overall.smallestDetectable!)} or more would show.`;
  return `Coaching had no effect on the ${outcome.label} larger than ${size(overall.largerThan!)}.`;
}

/** What the page leads with. */
export function coachingHeadline(effects: readonly OutcomeEffect[], sessions: number): string {
  if (sessions === 0) return 'No coaching is recorded, so what it does cannot be told.';
  const found = effects.find(({ stands }) => stands);
  if (found) return `${effectInWords(found).split(' (95%')[0]}.`;
  const first = effects[0]!;
  const { main } = first;
  if (!main || main.overall.verdict === 'cannot tell' || main.leads.flag)
    return `Whether coaching changed the ${first.outcome.label} cannot be told yet.`;
  return effectInWords(first);
}

/** What the headline rests on: who is compared with whom, and what the plain look at before and after would say. */
export function coachingStandfirst({ outcomes, chosen }: Effects, coached: string): string | undefined {
  const found = outcomes.find(({ stands }) => stands) ?? outcomes[0]!;
  const { main, outcome } = found;
  const naive = outcome === chosen.outcome ? chosen.naive : null;
  if (!main) return `${coached} ${found.why ?? ''}`.trim();
  const { overall } = main;
  const against = `${count(main.treated, 'coached rep')} are compared with what ${count(main.untreated, 'rep')} did while not coached`;
  const reach =
    overall.error === null ? '' : `: ${points(overall.estimate)} (95% interval ${reachOf(overall)})`;
  const plain = naive
    ? ` Before and after alone would say ${points(naive.estimate)} on the ${outcome.label}, and cannot tell coaching from a market that moved or a bad spell that passed.`
    : '';
  return `${coached} ${against}${reach}.${plain}`;
}
