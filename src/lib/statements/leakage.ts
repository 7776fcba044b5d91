import { count, moneyInWords, rate } from '../design/formats.ts';
import { isUnmatched, nounOf, wordsOf } from '../questions/leakage/causes.ts';
import { creditedUnapproved, type CauseSum, type TieOut } from '../questions/leakage/tieOut.ts';

/** The period in words, and whether anything is filtered for. */
export interface Asked {
  now: string | null;
  filtered: boolean;
}

const when = ({ now }: Asked) => (now === null ? '' : ` in ${now}`);
const isPlain = ({ filtered }: Asked) => (filtered ? 'Of what is asked for, ' : '');
const capital = (text: string) => `${text[0]!.toUpperCase()}${text.slice(1)}`;

/** Causes that cost money, most dollars first. */
export const costly = ({ causes }: TieOut): CauseSum[] =>
  causes.filter(({ cause, less }) => less > 0 && !isUnmatched(cause)).toSorted((a, b) => b.less - a.less);

/** What was sold and not billed as agreed, in one sentence; where it can't be said, `why`. */
export function leakageHeadline(
  found: TieOut | null,
  asked: Asked,
  currency: string,
  why?: string | null,
): string {
  if (found === null)
    return `What was sold and not billed${when(asked)} is not known: ${why ?? 'nothing fits what is asked'}.`;
  if (found.due <= 0)
    return found.billed > 0
      ? `${moneyInWords(found.billed, currency)} was billed${when(asked)}, and nothing sold is known to have come due.`
      : `Nothing that was sold came due${when(asked)}.`;
  const due = `${moneyInWords(found.due, currency)} that came due${when(asked)}`;
  if (found.less < 0.005 && found.unmatchedSold > 0.2 * found.due)
    return capital(
      `${isPlain(asked)}for ${rate(found.unmatchedSold / found.due, 0)} of the ${due} no bill could be found.`,
    );
  if (found.less < 0.005) return capital(`${isPlain(asked)}no dollar of the ${due} was billed short.`);
  const given = creditedUnapproved(found) < 0.005 ? '' : ' or was credited without approval';
  return capital(
    `${isPlain(asked)}${moneyInWords(found.less, currency)} of the ${due} was not billed as agreed${given}.`,
  );
}

/** What ties, what the largest causes are, and what can't be said. */
export function leakageStandfirst(found: TieOut | null, currency: string): string | undefined {
  if (found === null || found.due <= 0) return undefined;
  const say = (amount: number) => moneyInWords(amount, currency);
  const [first, second] = costly(found);
  const part = ({ cause, less, lines }: CauseSum) =>
    `${say(less)} on ${count(lines, nounOf(cause))} (${wordsOf(cause).label.toLowerCase()})`;
  const sentences = [
    found.share === null ? '' : `${say(found.matched)}, ${rate(found.share)} of it, was billed as sold.`,
    first === undefined
      ? ''
      : `The largest cause is ${part(first)}${second === undefined ? '' : `, then ${part(second)}`}.`,
    found.more < 0.005 ? '' : `${say(found.more)} was billed beyond what was sold.`,
    found.unmatchedSold < 0.005
      ? ''
      : `For ${say(found.unmatchedSold)} sold no bill could be found, which is not to say that there was none.`,
  ];
  return sentences.filter(Boolean).join(' ');
}

/** How far the two sides tie, and what is in neither. */
export function tieOutInWords(found: TieOut, currency: string): string {
  const say = (amount: number) => moneyInWords(amount, currency);
  const later = found.notDue > 0 ? ` Another ${say(found.notDue)} was sold and is not due yet.` : '';
  const stray =
    found.unmatchedBilled < 0.005
      ? ''
      : ` ${say(found.unmatchedBilled)} was billed for which no sale could be found.`;
  if (found.share === null) return `Nothing that was sold came due.${later}${stray}`;
  const credited = creditedUnapproved(found);
  const ofBills = found.less - credited;
  const short = ofBills < 0.005 ? 'nothing' : say(ofBills);
  const given = credited < 0.005 ? '' : `, and ${say(credited)} credited that nobody approved`;
  return (
    `Of ${say(found.due)} that came due on ${count(found.n, 'line')} ${say(found.matched)} was billed as sold ` +
    `(${rate(found.share)}); ${short} was billed short${given}.${later}${stray}`
  );
}

/** How sure the two sides belong together, weighted by what was billed; null where nothing was. */
export function confidenceInWords(confidence: number | null): string {
  if (confidence === null) return '';
  // Bills that found no sale have no part in it; sums of floats may miss one by their last digits.
  if (confidence > 1 - 1e-9) return 'Every bill that was matched was matched by ids.';
  const sure = confidence > 0.9995 ? 'nearly 100%' : rate(confidence);
  return `How sure bills and sales that were matched belong together, weighted by what was billed: ${sure}; 100% where ids say it, less where only customer, product, term and amount do.`;
}

/** Whether both sides come to what the sources hold, where all of it is asked for. */
export function tiesInWords(
  found: TieOut,
  sources: { sold: number | null; billed: number | null } | null,
  isRated = true,
): string {
  const rates =
    'What was sold is at the exchange rate of the sale, what was billed at that of the bill, differences at that of the sale, credits at that of their own day.';
  if (sources === null) return `By the day of the bill, or on which it should have been billed. ${rates}`;
  // Each part of a line is converted and rounded to four decimals by itself.
  const rounding = 0.005 + (found.parts + found.notDueParts) * 0.00005;
  const isSame = (a: number, b: number | null) => Math.abs(a - (b ?? 0)) < rounding;
  return isSame(found.due + found.notDue, sources.sold) && isSame(found.billed, sources.billed)
    ? `Both totals are those of all won lines and of all bills${isRated ? '' : ' that have an exchange rate'}, in each currency to the cent. ${rates}`
    : `The totals are not those of all won lines and all bills: some have no exchange rate. ${rates}`;
}

/** What one cause comes to. */
export function causeInWords({ cause, lines, less, more, sold, billed }: CauseSum, currency: string): string {
  const { means } = wordsOf(cause);
  const say = (amount: number) => moneyInWords(amount, currency);
  const counted = count(lines, nounOf(cause));
  if (cause === 'unauthorised_credit') return `${means} ${counted}: ${say(less)}.`;
  if (isUnmatched(cause)) return `${means} ${counted}: ${say(cause === 'unmatched_sold' ? sold : billed)}.`;
  const amounts = [less > 0 ? `${say(less)} less than sold` : '', more > 0 ? `${say(more)} more` : ''];
  const told = amounts.filter(Boolean).join(', ');
  return `${means} ${counted}${told === '' ? '' : `: ${told}`}.`;
}

/** What a dimension's groups say of where it happens; `all` counts those too that are not shown one by one. */
export function whereInWords(
  { groups, all }: { groups: readonly { name: string; less: number }[]; all: number },
  total: { less: number },
  several: string,
  currency: string,
): string {
  const [first] = groups;
  if (!first || total.less < 0.005) return 'Nothing was billed short.';
  if (all === 1) return `All of it is in ${first.name}.`;
  return `${first.name} has most of ${count(all)} ${several}: ${moneyInWords(first.less, currency)}, ${rate(first.less / total.less, 0)} of what was billed short.`;
}

/** How much the list holds, and what it adds up to. */
export function listInWords(
  { count: rows, less, more }: { count: number; less: number; more: number },
  cause: string | null,
  currency: string,
): string {
  const of = cause === null ? '' : ` (${wordsOf(cause).label.toLowerCase()})`;
  if (rows === 0) return `Nothing is left to be worked through${of}.`;
  const amounts = [
    `${moneyInWords(less, currency)} less than sold`,
    ...(more > 0 ? [`${moneyInWords(more, currency)} more`] : []),
  ];
  return `${count(rows, 'difference')}${of}: ${amounts.join(', ')}. Differences are in ${currency}, both sides in their own currency. The number under each customer stays the same from build to build.`;
}
