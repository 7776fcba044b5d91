import { count, decimal, moneyInWords, rate } from '../design/formats.ts';
import type { Concentrated } from '../questions/concentration/concentrated.ts';
import type { Interval } from '../statistics/bootstrap.ts';
import { MINIMUM_DEALS } from '../statistics/standOut.ts';

const between = (interval: Interval | null) =>
  interval ? ` (95%: ${decimal(interval.low)} to ${decimal(interval.high)})` : '';

/** How much of the discount went with the fifth of list sold at the highest rates, and whether mix explains it. */
export function concentrationInWords(
  { kind, found, byMix, verdict, deals, units }: Concentrated,
  heights: { observed: number; byMix: number | null },
): string {
  if (deals < MINIMUM_DEALS)
    return `${count(deals, 'deal')} with a discount that someone decided on: too few to say on whom it is concentrated.`;
  const first = `The fifth of list sold at the highest rates, by ${count(
    Math.max(1, found.curve.filter(({ share }) => share <= 0.2).length),
    kind.one,
    kind.several,
  )} of ${units.length}, took ${rate(heights.observed, 0)} of the discount.`;
  if (!byMix || heights.byMix === null || !verdict) return first;
  const mix = ` Their mix of deals and chance alone would give ${rate(heights.byMix, 0)}`;
  if (verdict.verdict === 'effect' && verdict.estimate > 0)
    return `${first}${mix}: part of it is decided by who the ${kind.one} is.`;
  if (verdict.verdict === 'cannot tell')
    return `${first}${mix}; these deals are too few to tell whether more than that lies behind it.`;
  return `${first}${mix}: it is no more concentrated than their deals explain.`;
}

/** The indexes, with their intervals, and what is left out. */
export function concentrationNote(
  { kind, kinds, found, byMix, beyond, programmes }: Concentrated,
  currency: string,
): string {
  const parts = [
    `Index ${decimal(found.index)}${between(found.indexInterval)}: 0 where all have one rate.`,
    byMix
      ? `Mix of deals and chance alone: ${decimal(byMix.index)}, in 95 of 100 cases ${decimal(byMix.low)} to ${decimal(byMix.high)}.`
      : `What their mix of deals alone would give is not told of so ${found.units > 10 ? 'many' : 'few'} ${kind.several}.`,
    beyond
      ? `Beyond the mix, each ${kind.one} held against what such deals come to elsewhere: ${decimal(beyond.value)}${between(beyond)}.`
      : '',
    `HHI of discount ${decimal(found.hhi, 3)}: as much as ${decimal(found.effectiveNumber, 0)} equal ${kind.several} would have, of ${found.units}.`,
    kinds === 'all'
      ? 'No export says which discounts follow a programme, so all are counted.'
      : programmes !== null && programmes > 0
        ? `Discounts that someone decided on; ${moneyInWords(programmes, currency)} by programme or of unknown kind is left out.`
        : 'Discounts that someone decided on.',
  ];
  return parts.filter((part) => part !== '').join(' ');
}
