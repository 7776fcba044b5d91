import { count, decimal, money, moneyInWords, points, rate } from '../../design/formats.ts';
import type { Compared } from '../../questions/value/comparison.ts';
import type { SoldGroups } from '../../questions/value/groups.ts';
import type { Network } from '../../questions/value/network.ts';
import type { PipelineValue } from '../../questions/value/pipeline.ts';
import type { PriceAgainstValue } from '../../questions/value/price.ts';
import type { Sign, SignId } from '../../questions/value/quality.ts';
import type { Recorded } from '../../questions/value/recorded.ts';
import type { Rfp } from '../../questions/value/rfp.ts';
import { comparedInWords, ratioInWords } from './comparisons.ts';

const withInterval = (interval: { low: number; high: number } | null, digits = 0) =>
  interval === null
    ? ''
    : ` (95% interval ${rate(Math.max(0, interval.low), digits)} to ${rate(interval.high, digits)})`;

/** The page's first words: the comparison with and without value where it stands, else what is on record. */
export function valueHeadline(
  found: Recorded | null,
  compared: readonly Compared[],
  pipeline: PipelineValue | null,
): string {
  if (found === null) return 'No deal says what we are worth to the customer.';
  const price = compared.find(({ id, measure }) => id === 'value' && measure === 'discount_rate');
  if (price?.stands && price.verdict === 'effect')
    return `Deals with a value on record are discounted ${points(Math.abs(price.estimate)).replace('+', '')} ${price.estimate < 0 ? 'less' : 'more'} than those without.`;
  if (pipeline !== null)
    return `Customers have confirmed what we are worth to them for ${rate(pipeline.share, 0)} of the open pipeline.`;
  return `A value is on record for ${rate(found.coverage, 0)} of deals.`;
}

/** How much is on record and who said so. */
export function valueStandfirst(
  found: Recorded | null,
  pipeline: PipelineValue | null,
  currency: string,
): string | undefined {
  if (found === null || !(found.value > 0)) return undefined;
  const open =
    pipeline === null
      ? ''
      : ` Of the open pipeline, ${rate(pipeline.share, 0)} stands on value that a customer confirmed.`;
  return `${moneyInWords(found.value, currency)} of value is on record for ${count(found.deals, 'deal')}, ${rate(found.coverage, 0)} of all; ${rate(found.confirmed / found.value, 0)} of it was confirmed by customers.${open}`;
}

/** Which part of the value is proven, and where most of it is. */
export function recordedInWords(found: Recorded, currency: string): string {
  const { value, confirmed, estimated, groups, split } = found;
  if (!(value > 0)) return 'What is recorded comes to nothing.';
  const rest = value - confirmed - estimated;
  const ungraded = rest > value * 0.0005 ? `; for ${rate(rest / value, 0)} nobody says` : '';
  const most = groups.toSorted((a, b) => b.value - a.value)[0];
  const first =
    most && groups.length > 1
      ? ` By ${split.label}, most is ${most.name ?? 'of no known one'}: ${moneyInWords(most.value, currency)}.`
      : '';
  return `${moneyInWords(confirmed, currency)} was confirmed by customers, ${moneyInWords(estimated, currency)} is estimated by reps${ungraded}.${first}`;
}

/** Price against value, in shares and money. */
export function priceInWords(found: PriceAgainstValue, currency: string): string {
  const { share, interval, lessPrice, captured, withNextBest, above, undefinedValue, deals } = found;
  const charged =
    share === null
      ? 'No price can be set against the values recorded.'
      : `We charge ${rate(share)} of the value on record${withInterval(interval, 1)}: ${moneyInWords(lessPrice, currency)} is left to the customers of ${count(deals, 'deal')}, ${money(deals > 0 && lessPrice !== null ? lessPrice / deals : null, currency)} a deal.`;
  const next =
    captured === null
      ? ' What customers would pay for their next best choice is not recorded.'
      : ` Of what we are worth beyond their next best choice, our price captures ${rate(captured)} (${count(withNextBest, 'deal')} say its price).`;
  const flags = [
    above > 0 ? `${count(above, 'deal')} ${above === 1 ? 'is' : 'are'} priced above the value on record` : '',
    undefinedValue > 0
      ? `${count(undefinedValue, 'deal')} ${undefinedValue === 1 ? 'has' : 'have'} a value of zero or less, which says nothing`
      : '',
  ].filter(Boolean);
  return `${charged}${next} ${flags.length > 0 ? `${flags.join('; ')}.` : 'No deal is priced above its value.'}`;
}

/** What the network leads to, and what of it has no money on it. */
export function networkInWords({ outcomes, unvalued, circles, links }: Network): string {
  const of = (kind: string) => outcomes.filter((one) => one.kind === kind);
  const from = count(of('differentiation').length, 'difference');
  const final = of('final');
  const without =
    unvalued.length === 0
      ? 'Each final outcome has value on record.'
      : `No deal has value on record for ${unvalued.join(', ')}.`;
  const round =
    circles === 0
      ? ''
      : ` ${circles === 1 ? 'One group of outcomes strengthens' : `${count(circles, 'group')} of outcomes strengthen`} each other; each is counted once.`;
  return `${from} of our offer lead over ${count(of('outcome').length, 'step')} and ${count(links, 'link')} to ${count(final.length, 'final outcome')}; money stands on those alone. ${without}${round}`;
}

/** How much of the pipeline stands on confirmed value. */
export function pipelineInWords({ net, share, deals }: PipelineValue, currency: string): string {
  return `Of ${moneyInWords(net, currency)} in ${count(deals, 'open deal')}, ${rate(share)} is on deals whose value the customer confirmed. This is as of today, whatever the period asked about.`;
}

const groupNames = { one: 'deals with value on record', other: 'those without' };

/** Discount and wins with value on record and without. */
export function evidenceInWords(compared: readonly Compared[]): string {
  return compared
    .filter(({ id }) => id === 'value')
    .map((one) => {
      const ratio = one.measure === 'win_rate' ? ratioInWords(one) : '';
      return `${comparedInWords(one, groupNames)}${ratio ? ` The estimate is ${ratio}.` : ''}`;
    })
    .join(' ');
}

/** What part of the requests we shaped, and whether that went with wins. */
export function rfpInWords({ shaped, deals, interval }: Rfp, compared: readonly Compared[]): string {
  const names = { one: 'requests that we shaped', other: 'the other requests' };
  const said = compared.filter(({ id }) => id === 'rfp').map((one) => comparedInWords(one, names));
  return `Of ${count(deals, 'deal')} with a request for proposal, we shaped ${rate(shaped / deals)}${withInterval(interval)}. ${said.join(' ')}`;
}

/** How often the model fits, and what the fit goes with. */
export function fitInWords({ groups, deals }: SoldGroups, compared: readonly Compared[]): string {
  const fits = groups
    .filter(({ id }) => ['new or risky|trusted_expert', 'familiar and safe|divide_and_optimize'].includes(id))
    .reduce((sum, group) => sum + group.deals, 0);
  const told = compared.filter(
    ({ id, stands, verdict }) => id.startsWith('fit') && stands && verdict === 'effect',
  );
  const kind = (id: string) => id.replace('fit, ', '');
  const said =
    told.length > 0
      ? told
          .map((one) =>
            comparedInWords(one, {
              one: `${kind(one.id)} purchases sold by the fitting model`,
              other: 'those sold by the other',
            }),
          )
          .join(' ')
      : 'Neither discounts nor wins differ clearly between deals where it fits and where it doesn’t; the table shows how much could go unseen.';
  return `The way of selling fits the purchase in ${rate(fits / deals, 0)} of ${count(deals, 'deal')}. ${said}`;
}

export const signWords: Record<SignId, string> = {
  outcomes: 'business outcomes quantified',
  personal: 'personal outcomes identified',
  allies: 'natural allies on the buying side',
  insights: 'insights offered',
};

/** How well is sold, where someone records it. */
export function qualityInWords(
  { signs, deals }: { signs: Sign[]; deals: number },
  compared: readonly Compared[],
): string {
  const parts = signs.map(({ id, seen, known, perDeal }) => {
    const many = perDeal === null ? '' : `, ${decimal(perDeal, 1)} a deal`;
    return `${signWords[id]} in ${rate(seen / known, 0)} of ${count(known)}${many}`;
  });
  const told = compared.filter(
    ({ id, stands, verdict }) => id.startsWith('quality') && stands && verdict === 'effect',
  );
  const said = told.map((one) =>
    comparedInWords(one, {
      one: `deals with ${signWords[one.id.replace('quality, ', '') as SignId]}`,
      other: 'those without',
    }),
  );
  return `Recorded of up to ${count(deals, 'deal')}: ${parts.join('; ')}. ${said.length > 0 ? said.join(' ') : 'None of it goes clearly with winning more often.'}`;
}
