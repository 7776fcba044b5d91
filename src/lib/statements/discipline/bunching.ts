import { count, decimal, rate } from '../../design/formats.ts';
import type { AtLimit, AtLimits } from '../../questions/discipline/bunchingAtLimits.ts';
import type { Looked, Said } from './section.ts';

const idOf = ({ limit }: AtLimit) => `bunching/${limit}`;
const comparedId = ({ limit }: AtLimit) => `bunching/${limit}/elsewhere`;

/** The comparisons of the section: the excess at each limit, and against those with another one. */
export const bunchingLooked = ({ limits }: AtLimits): Looked[] =>
  limits.flatMap((one) => [
    ...(one.p === null ? [] : [{ id: idOf(one), p: one.p }]),
    ...(one.compared ? [{ id: comparedId(one), p: one.compared.p }] : []),
  ]);

/** Discounts gather there by their own 95% interval, and beside all else on the page. */
function isClear(one: AtLimit, stands: (id: string) => boolean): boolean {
  const share = one.result.bunching?.share;
  return share !== undefined && stands(idOf(one)) && share.verdict === 'effect' && share.estimate > 0;
}

const percent = (limit: number) => `${decimal(limit, Number.isInteger(limit) ? 0 : 1)}%`;

/** What is found at one limit, in a sentence. */
export function atLimitInWords(one: AtLimit, stands: (id: string) => boolean): string {
  const at = percent(one.limit);
  const { bunching, why } = one.result;
  if (!bunching) return `Whether discounts gather at ${at} can’t be told: ${why}.`;
  const { share, excess, excessInterval } = bunching;
  if (isClear(one, stands) && excessInterval)
    return `${count(excess)} discounts more than habit explains end at the limit of ${at} (95% interval ${count(excessInterval.low)} to ${count(excessInterval.high)}): ${rate(share.estimate, 0)} of those near it.`;
  if (share.verdict === 'no effect larger than')
    return `Discounts do not gather at ${at}: no more than ${rate(share.largerThan!, 0)} of those near it.`;
  return `Whether discounts gather at ${at} can’t be told: between ${rate(share.low ?? null, 0)} and ${rate(share.high ?? null, 0)} of those near it.`;
}

/** What stands beside its picture: what is missing above, the comparison with other limits, and cautions. */
export function atLimitNote(one: AtLimit, stands: (id: string) => boolean): string {
  const { bunching } = one.result;
  if (!bunching) return '';
  const { compared } = one;
  const others = !compared
    ? 'Nobody sells under another limit, or too few, so that habit is told from the limit by other round numbers alone.'
    : stands(comparedId(one)) && compared.difference.verdict === 'effect'
      ? `Among those with another limit it is ${rate(compared.elsewhere.estimate, 0)} of those near: the difference is more than chance.`
      : `Against those with another limit (${rate(compared.elsewhere.estimate, 0)} of those near) chance can’t be ruled out.`;
  return [
    `Bars: discounts given; line: what would be without the limit, from the other discounts and what people do at round numbers.`,
    `${count(Math.max(0, bunching.missing))} are missing above it, up to ${percent(bunching.window.to)}.`,
    others,
    ...bunching.warnings,
  ].join(' ');
}

/** All limits in one answer. */
export function bunchingInWords({ limits }: AtLimits, stands: (id: string) => boolean): string {
  return limits
    .slice(0, 2)
    .map((one) => atLimitInWords(one, stands))
    .join(' ');
}

/** What of it may stand in the headline. */
export function bunchingSaid({ limits }: AtLimits, stands: (id: string) => boolean): Said[] {
  return limits
    .filter((one) => isClear(one, stands))
    .map((one) => ({
      headline: `Discounts stop just inside the ${percent(one.limit)} limit`,
      sentence: atLimitInWords(one, stands),
      section: 'limits',
      dollars: null,
    }));
}
