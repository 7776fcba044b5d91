import { count, date, moneyInWords, period, rate } from '../../design/formats.ts';
import type { Column, Row } from '../../design/table.ts';
import type { CustomerOwnership, OwnedQuarter, Unclear } from '../../questions/ownership/customers.ts';
import type { Hands } from '../../questions/ownership/hands.ts';
import type { Handling } from '../../questions/ownership/handling.ts';

const accounts = (n: number) => count(n, 'account');

/** Who is without a clear owner today, as the page's headline. */
export function ownershipHeadline({ now, customerDays }: CustomerOwnership, currency: string): string {
  if (customerDays === 0) return 'Who owns the customers is not in the exports.';
  if (now.none + now.several === 0) return 'Every account has exactly one owner today.';
  const parts = [
    now.none > 0 ? `${accounts(now.none)} ${now.none === 1 ? 'has' : 'have'} no owner` : '',
    now.several > 0
      ? `${now.none > 0 ? count(now.several) : accounts(now.several)} ${now.several === 1 ? 'has' : 'have'} more than one`
      : '',
  ].filter(Boolean);
  const stake = now.atStake > 0 ? `: ${moneyInWords(now.atStake, currency)} a year at stake` : '';
  return `${parts.join(' and ')} today${stake}.`;
}

/** Shares of days and of revenue, in a sentence. */
export function sharesInWords({ days, revenue, changesAYear }: CustomerOwnership): string {
  if (days.one === null) return 'No account lived in the time asked about.';
  const worth =
    revenue.one === null
      ? ''
      : ` Of what their contracts earned, ${rate(revenue.one)} had exactly one owner behind it.`;
  const changed =
    changesAYear === null || changesAYear <= 0
      ? ''
      : ` An account changes its owner about once in ${count(Math.max(1, Math.round(1 / changesAYear)), 'year')}.`;
  return `On ${rate(days.one)} of days an account had exactly one owner, on ${rate(days.none)} none and on ${rate(days.several)} several.${worth}${changed}`;
}

export const unclearColumns: Column[] = [
  { id: 'name', label: 'Account' },
  { id: 'state', label: 'Owners' },
  { id: 'who', label: 'Who' },
  { id: 'since', label: 'Since', unit: 'date' },
  { id: 'days', label: 'For', unit: 'days' },
  { id: 'stake', label: 'Revenue a year', unit: 'money', phone: 'figure' },
  { id: 'region', label: 'Region' },
];

const whoIs = ({ owned_by, owners, before, why }: Unclear): string => {
  if (owned_by === 'several') return owners ?? '';
  if (why === 'never had one' || before === null) return 'never had one';
  return `${before} ${why === 'owner left' ? 'left' : 'was reassigned'}`;
};

/** The list to act on, as a table; accounts that never bought are prospects. */
export function unclearRows({ list }: CustomerOwnership): Row[] {
  return list.map((one): Row => ({
    key: one.account_id,
    href: `/customers/${encodeURIComponent(one.account_id)}`,
    cells: {
      name: one.account_name,
      state: `${one.owned_by}${one.isCustomer ? '' : ', prospect'}`,
      who: whoIs(one),
      since: one.since,
      days: one.days,
      stake: one.atStake,
      region: one.region,
    },
    alarm: ['state'],
  }));
}

/** Who waits longest, and how many there are. */
export function unclearInWords({ list, longest, now, orphaned }: CustomerOwnership): string {
  if (longest === null) return 'None: every account has exactly one owner on the day of the newest export.';
  const all = now.none + now.several;
  const shown =
    all > list.length
      ? ` The ${count(list.length)} with most at stake of ${count(all)} are shown; the download has all.`
      : '';
  const past =
    orphaned > 0
      ? ` In the time asked about, accounts stood orphaned for ${count(orphaned, 'day')} in all after an owner had left or was reassigned.`
      : '';
  return `${longest.account_name} has waited longest: ${longest.owned_by === 'none' ? 'no owner' : 'several owners'} since ${date(longest.since)}.${shown}${past}`;
}

/** The last whole quarter against the same quarter a year before. */
export function trendInWords({ quarters }: CustomerOwnership): string {
  const over = quarters.filter(({ isOpen }) => !isOpen);
  const last = over.at(-1);
  if (!last) return 'No quarter is over yet.';
  const before = over.at(-5);
  const unclear = ({ none, several }: OwnedQuarter) => (none ?? 0) + (several ?? 0);
  const now = `${rate(unclear(last), 2)} of account days had no owner or several in ${period(last.period)}`;
  return before
    ? `${now}, against ${rate(unclear(before), 2)} a year before; an account’s days count from its first role or won deal on.`
    : `${now}; there is no year before to compare with.`;
}

export const handsColumns: Column[] = [
  { id: 'name', label: 'Customers', sortable: false },
  { id: 'deals', label: 'Number', unit: 'count', sortable: false, phone: 'figure' },
  { id: 'share', label: 'Share', unit: 'rate', bar: true, sortable: false, phone: 'line' },
];

/** Whether a customer meets one person or several over time. */
export function handsRows(hands: Hands): Row[] {
  const row = (name: string, deals: number): Row => ({
    key: name,
    cells: { name, deals, share: hands.known > 0 ? deals / hands.known : null },
    faint: hands.known < 10,
  });
  return [
    row('one person at sale, renewal and in support', hands.same),
    row('two people', hands.two),
    row('three different people', hands.three),
  ];
}

/** The sentence over it, with those whose renewal and growth lie with different people. */
export function handsInWords(hands: Hands, { both }: Handling): string {
  const apart =
    both.customers > 0 && both.interval
      ? `Of ${count(both.customers, 'customer')} with both a renewal and an upsell or cross-sell, ${rate(both.apart / both.customers, 0)} had them handled by different people (95% interval ${rate(both.interval.low, 0)} to ${rate(both.interval.high, 0)}); most customers would rather have one, says the post that the survey below is quoted from.`
      : 'No customer had both a renewal and an upsell or cross-sell won in the time asked about.';
  const met =
    hands.known > 0
      ? ` Of ${count(hands.known, 'customer')} whose seller, last renewer and supporter are known, ${rate(hands.three / hands.known, 0)} met three different people.`
      : ' Whether seller, renewer and supporter differ can’t be said: for no customer are all three known.';
  return apart + met;
}
