import { count, date, decimal, moneyInWords, period, rate } from '../../design/formats.ts';
import type { Column, Row } from '../../design/table.ts';
import type {
  CustomerOwnership,
  OwnedQuarter,
  Standing,
  Unclear,
} from '../../questions/ownership/customers.ts';
import type { Hands } from '../../questions/ownership/hands.ts';
import type { Handling } from '../../questions/ownership/handling.ts';

/** "3 prospects", "2 customers", "5 accounts, of which 2 are prospects". */
export function accountsInWords({ count: all, prospects }: Standing): string {
  if (prospects === 0) return count(all, 'customer');
  if (prospects === all) return count(all, 'prospect');
  return `${count(all, 'account')}, of which ${count(prospects)} ${prospects === 1 ? 'is a prospect' : 'are prospects'}`;
}

/** The same with a verb to follow. */
const theseAccounts = (standing: Standing, verb: [string, string]) => {
  const words = accountsInWords(standing);
  return `${words}${words.includes(',') ? ',' : ''} ${verb[standing.count === 1 ? 0 : 1]}`;
};

/** Who is without a clear owner today, as the page's headline. */
export function ownershipHeadline({ now, ends }: CustomerOwnership, currency: string): string {
  if (!ends.isKnown) return 'Who owns the customers is not in the exports.';
  if (now.all.count === 0) return 'No account fits what is asked about.';
  if (now.none.count + now.several.count === 0) return 'Every account has exactly one owner today.';
  const has: [string, string] = ['has', 'have'];
  const parts = [
    now.none.count > 0 ? `${theseAccounts(now.none, has)} no owner` : '',
    now.several.count > 0 ? `${theseAccounts(now.several, has)} more than one` : '',
  ].filter(Boolean);
  const stake = now.atStake > 0 ? `: ${moneyInWords(now.atStake, currency)} a year at stake` : '';
  return `${parts.join(' and ')} today${stake}.`;
}

/** "about once in 7.8 years", "about 1.5 times a year". */
function oftenInWords(aYear: number): string {
  const years = 1 / aYear;
  if (years < 0.95) return `about ${decimal(aYear, 1)} times a year`;
  return years < 1.05
    ? 'about once a year'
    : `about once in ${years < 9.95 ? decimal(years, 1) : count(Math.round(years))} years`;
}

/** Since when the figures over time count, and why not from before. */
function countedInWords({ counted, ends }: CustomerOwnership): string {
  if (ends.firstEnd === null)
    return ' No export says when an owner’s role ended, so how often accounts change owners can’t be told.';
  if (counted?.span?.from !== ends.from) return '';
  return ` Days count from ${date(ends.from!)} on, the quarter in which the end of an owner’s role is first recorded (${date(ends.firstEnd)}); before, nobody could be seen to leave.`;
}

/** Shares of days and of revenue, in a sentence. */
export function sharesInWords(owned: CustomerOwnership): string {
  const { days, revenue, changesAYear, counted, ends } = owned;
  if (counted === null)
    return `Who owned accounts in the time asked about can’t be told: the end of an owner’s role is first recorded on ${date(ends.firstEnd!)}.`;
  if (days.one === null) return 'No account lived in the time asked about.';
  const worth =
    revenue.one === null
      ? ''
      : ` Of what their contracts earned, ${rate(revenue.one)} had exactly one owner behind it.`;
  const changed =
    changesAYear === null || changesAYear <= 0
      ? ''
      : ` An account, customer or prospect, changes its owner ${oftenInWords(changesAYear)}.`;
  return `On ${rate(days.one)} of days an account had exactly one owner, on ${rate(days.none)} none and on ${rate(days.several)} several.${worth}${changed}${countedInWords(owned)}`;
}

/** What is missing where no account is shown, in the words of the design system's Missing. */
export const whyNoCustomers = ({ ends }: CustomerOwnership): { what: string; unlocks: string } =>
  ends.isKnown
    ? {
        what: 'No account fits what is asked about.',
        unlocks: 'Leave out a filter above to see customers with no owner or several.',
      }
    : {
        what: 'No export says who owns an account.',
        unlocks:
          'Accounts with their owner, or a table of account roles with dates, would show customers with no owner or several, since when and what is at stake.',
      };

export const unclearColumns: Column[] = [
  { id: 'name', label: 'Account' },
  { id: 'state', label: 'Owners', phone: 'line' },
  { id: 'who', label: 'Who', phone: 'line' },
  { id: 'since', label: 'Since', unit: 'date', phone: 'line' },
  { id: 'days', label: 'For', unit: 'days', phone: 'line' },
  { id: 'stake', label: 'Revenue a year', unit: 'money', phone: 'figure' },
  { id: 'region', label: 'Region', phone: 'line' },
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
  const all = now.none.count + now.several.count;
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
      : ' Whether seller, renewer and supporter differ can’t be said: for no customer asked about are all three known.';
  return apart + met;
}
