import { count, moneyInWords } from '../design/formats.ts';
import type { Behind, BehindDeal } from '../questions/forecast/behind.ts';
import { leadInWords, type ForecastChoice } from '../questions/forecast/choice.ts';
import type { GroupAccuracy } from '../questions/forecast/groups.ts';

type Sums = Pick<Behind, 'rows' | 'forecast' | 'actual'>;

/** Which deals these are, as the question over their list. */
export function behindQuestion(
  { kind, of }: Behind,
  groups: readonly GroupAccuracy[],
  { weeks }: ForecastChoice,
): string {
  const at = leadInWords(weeks);
  if (kind === 'due' && of)
    return `Which deals: due ${at}, in ${of.value.replaceAll('_', ' ') || 'no category'}?`;
  if (kind === 'due') return `Which deals: due in their quarter ${at}?`;
  if (!of) return `Which deals: forecast ${at}, or won?`;
  const name = groups.find(({ id }) => (id ?? '') === of.value)?.name ?? of.value;
  return `Which deals: ${name}, forecast ${at}, or won?`;
}

const notWon = (rows: readonly BehindDeal[]) =>
  rows.filter(({ forecast, actual }) => forecast > 0 && actual === 0);

/**
 * How few deals that were not won in their quarter make up half of what was forecast too much, with the largest of
 * them; nothing where the forecast was not too high.
 */
export function excessInWords({ rows, forecast, actual }: Sums, currency: string): string {
  const excess = forecast - actual;
  const missed = notWon(rows).toSorted((a, b) => b.forecast - a.forecast);
  const [largest] = missed;
  if (!(excess > 0) || !largest) return '';
  let sum = 0;
  const few = missed.findIndex((deal) => (sum += deal.forecast) >= excess / 2) + 1;
  if (few === 0) return '';
  const one = `${largest.account_name ?? largest.deal_name}, ${moneyInWords(largest.forecast, currency)}`;
  const start = `Of the ${moneyInWords(excess, currency)} too much,`;
  if (few === 1) return `${start} one deal that was not won makes up half or more: ${one}.`;
  return `${start} ${count(few, 'deal')} that were not won in their quarter come to ${moneyInWords(sum, currency)}; the largest is ${one}.`;
}

/** What the deals come to together, and on how few of them it rests. */
export function behindInWords(
  behind: Behind,
  groups: readonly GroupAccuracy[],
  { weeks }: ForecastChoice,
  currency: string,
): string {
  const { kind, of, deals, forecast, actual } = behind;
  const leans = groups.some(({ id, stands }) => stands && of !== null && (id ?? '') === of.value);
  const money = (amount: number) => moneyInWords(amount, currency);
  if (deals === 0) return 'No deal of a quarter that is over fits.';
  if (kind === 'due')
    return `${count(deals, 'deal')} of quarters that are over, ${money(forecast)} ${leadInWords(weeks)}.`;
  const sums = `${count(deals, 'deal')} of quarters that are over: ${money(forecast)} was forecast and ${money(actual)} was won.`;
  return leans ? `${sums} ${excessInWords(behind, currency)}`.trim() : sums;
}

/** "the 50 largest of 203 rows": a deal is listed once for each quarter it was forecast for. */
export const listedInWords = ({ rows, deals }: Behind, listed: number): string =>
  rows.length > listed
    ? `${count(listed)} of ${count(rows.length, 'row')}, ${count(deals, 'deal')}`
    : count(deals, 'deal');
