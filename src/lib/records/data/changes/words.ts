import {
  amountToTheCent,
  count,
  dateAndTime,
  moneyInWords,
  moneyToTheCent,
} from '../../../design/formats.ts';
import type { KeptBuild } from '../builds.ts';
import type { ChangedDeal } from './deals.ts';
import type { CauseSums, Counted, QuarterSums } from './sums.ts';

const causes: Record<string, string> = {
  came: 'deals that came',
  went: 'deals that are no longer there',
  won_since: 'won since',
  no_longer_won: 'no longer won',
  close_date: 'close date moved to another quarter',
  calendar: 'fiscal calendar or time zone',
  line_came: 'lines that came',
  line_went: 'lines that are no longer there',
  edited: 'amounts edited',
  list_price: 'list price',
  rates: 'exchange rates',
  none: 'no effect on these sums',
};

/** Every cause there is, in the order of telling. */
export const causeNames: readonly string[] = Object.keys(causes);

/** "list price" for `list_price`. */
export const causeInWords = (cause: string): string => causes[cause] ?? cause;

/** "16 Nov 2026, 14:03" in the company's time zone. */
export const buildInWords = ({ built_at }: Pick<KeptBuild, 'built_at'>, timeZone: string): string =>
  dateAndTime(built_at, timeZone);

/** The difference in one sentence. */
export function differenceInWords(total: QuarterSums | undefined, currency: string): string {
  if (
    !total ||
    (['deals', 'list_amount', 'net_amount', 'discount'] as const).every(
      (name) => total[`change_${name}`] === 0,
    )
  )
    return 'Won deals come to the same in both builds.';
  const told = (['net_amount', 'list_amount', 'discount'] as const).find(
    (name) => total[`change_${name}`] !== 0,
  );
  if (!told)
    return `${count(Math.abs(total.change_deals), 'more won deal', 'more won deals')} at the same sums.`;
  const label = {
    net_amount: 'Net of won deals',
    list_amount: 'List of won deals',
    discount: 'Discount of won deals',
  }[told];
  const change = total[`change_${told}`];
  return `${label} is ${moneyInWords(Math.abs(change), currency)} ${change > 0 ? 'higher' : 'lower'} than before.`;
}

/** "5,960 deals before, 5,972 after: 12 came, 3 differ." */
export function countsInWords(counts: Counted[]): string {
  const parts = counts.map(({ what, came, went, changed }) => {
    const told = [
      came > 0 ? `${count(came)} came` : '',
      went > 0 ? `${count(went)} went` : '',
      changed > 0 ? `${count(changed)} ${changed === 1 ? 'differs' : 'differ'}` : '',
    ].filter(Boolean);
    return told.length === 0 ? '' : `of ${what} ${told.join(', ')}`;
  });
  const said = parts.filter(Boolean);
  return said.length === 0 ? 'Deals, lines and customers are the same.' : `${sentence(said.join('; '))}.`;
}

const sentence = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

/** What moved the sums most. */
export function causesInWords(rows: CauseSums[], currency: string): string {
  const sums = new Map<string, number>();
  for (const { cause, net_amount } of rows) sums.set(cause, (sums.get(cause) ?? 0) + net_amount);
  const [first] = [...sums].sort((a, b) => Math.abs(b[1]) - Math.abs(a[1]));
  if (!first) return 'Nothing moved them.';
  if (first[1] === 0) return 'Net stands; the rest is below.';
  return `Most of it: ${causeInWords(first[0])}, ${moneyToTheCent(first[1], currency, { signed: true })} of net.`;
}

const fields = [
  ['deal_name', 'name'],
  ['account_name', 'customer'],
  ['rep_name', 'owner'],
  ['region', 'region'],
  ['stage', 'stage'],
  ['closed_on', 'close date'],
  ['fiscal_quarter', 'fiscal quarter'],
] as const;

/** What differs of a deal: "owner: Ann → Bob; stage: Proposal → Won". */
export function dealDifference(deal: ChangedDeal): string {
  if (!deal.was_there) return 'not there before';
  if (!deal.is_there) return 'no longer there';
  const told = fields
    .filter(([name]) => deal[`before_${name}`] !== deal[`after_${name}`])
    .map(([name, label]): [string, string | null, string | null] => [
      label,
      deal[`before_${name}`],
      deal[`after_${name}`],
    ]);
  if (deal.before_net_amount !== deal.after_net_amount)
    told.push(['net', amountToTheCent(deal.before_net_amount), amountToTheCent(deal.after_net_amount)]);
  return told.length === 0
    ? 'its lines'
    : told.map(([label, from, to]) => `${label}: ${from ?? 'not known'} → ${to ?? 'not known'}`).join('; ');
}
