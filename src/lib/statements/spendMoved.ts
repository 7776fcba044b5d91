import { moneyInWords } from '../design/formats.ts';
import type { DollarBridge } from '../statistics/bridge.ts';

/** Parts below this share of the largest are not worth a word. */
const WORTH_SAYING = 0.1;

interface Cause {
  words: string;
  amount: number;
}

const listed = (parts: string[]) =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;

const causesOf = (
  { volume, mix, rate, added, gone, currency, restatement }: DollarBridge,
  several: string,
): Cause[] => [
  { words: volume > 0 ? 'selling more' : 'selling less', amount: volume },
  { words: `a mix of ${several} with ${mix > 0 ? 'deeper' : 'smaller'} discounts`, amount: mix },
  { words: `a ${rate > 0 ? 'higher' : 'lower'} rate within ${several}`, amount: rate },
  { words: `${several} that sold in only one of the two periods`, amount: added + gone },
  { words: 'other exchange rates', amount: currency },
  { words: 'what later exports changed of the period before', amount: restatement },
];

/**
 * Says in a sentence what moved discount spend between two periods, from the exact parts of the dollar
 * bridge: what pushed it the way it went, and what held against it. The parts are by the groups of a
 * split, and say nothing of other kinds of deals.
 */
export function spendMoved(bridge: DollarBridge, currency: string, several: string): string {
  const change = bridge.now - bridge.before;
  if (Math.abs(change) < 1) return 'Discount spend is what it was.';
  const up = change > 0;
  const causes = causesOf(bridge, several);
  const largest = Math.max(...causes.map(({ amount }) => Math.abs(amount)));
  const said = causes
    .filter(({ amount }) => Math.abs(amount) >= WORTH_SAYING * largest)
    .toSorted((a, b) => Math.abs(b.amount) - Math.abs(a.amount));
  const money = (amount: number) => moneyInWords(Math.abs(amount), currency);
  const phrase = ({ words, amount }: Cause) => `${words} (${money(amount)})`;
  const pushing = said.filter(({ amount }) => amount > 0 === up).map(phrase);
  const holding = said.filter(({ amount }) => amount > 0 !== up).map(phrase);
  const direction = up ? 'up' : 'down';
  const first = `Spend is ${direction} ${money(change)}, by ${listed(pushing)}`;
  return holding.length === 0 ? `${first}.` : `${first}; ${listed(holding)} held against it.`;
}
