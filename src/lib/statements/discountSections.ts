import { count, date, moneyInWords, period, points, rate } from '../design/formats.ts';
import type { Column, Row } from '../design/table.ts';
import type { Ahead } from '../questions/ahead.ts';
import type { Change } from '../questions/change.ts';
import type { Spend } from '../questions/spend.ts';
import type { ToDate } from '../questions/toDate.ts';
import type { TrendQuarter } from '../questions/trend.ts';
import { MINIMUM_DEALS } from '../statistics/standOut.ts';
import { spendMoved } from './spendMoved.ts';
import type { Totals } from './totals.ts';

const UNPRICED = 'What was given away is not known: no list price is.';

/** The group that spends most, and its share of all discount. */
export function spendInWords({ largest, split, groups }: Spend, totals: Totals, currency: string): string {
  if (totals.list === null) return UNPRICED;
  if (!largest || totals.discount === null) return 'No discount was given.';
  if (groups === 1 && !largest.known) return `These deals say nothing of their ${split.one}.`;
  if (groups === 1) return `${largest.name} is the only ${split.one} in what is asked for.`;
  const among = groups > 1 ? ` of ${count(groups, split.one, split.several)}` : '';
  return `${largest.name} spends most${among}: ${moneyInWords(largest.discount, currency)}, ${rate(largest.share, 0)} of all discount.`;
}

/** How much of the spend is for people to decide, and how much follows a programme. */
export function kindsInWords({ rows, total }: Spend, currency: string): string {
  const spent = (name: string) => Number(rows.find((row) => row.key === name)?.cells.discount ?? 0);
  const all = Number(total.cells.discount ?? 0);
  const unknown = spent('unknown');
  if (total.cells.list_amount === null) return UNPRICED;
  if (all <= 0) return 'No discount was given.';
  if (unknown >= all)
    return 'The exports do not say which discounts someone decided and which follow a programme.';
  const own = spent('discretionary');
  const rest = unknown > 0 ? ` For ${rate(unknown / all, 0)} the kind is not known.` : '';
  return `${moneyInWords(own, currency)}, ${rate(own / all, 0)} of it, was someone's decision; programmes account for ${rate((all - own - unknown) / all, 0)}.${rest}`;
}

/** The last whole quarter's rate against the same quarter a year before. */
export function trendInWords(quarters: readonly TrendQuarter[]): string {
  const last = quarters.findLast(({ is_open, discount_rate: known }) => !is_open && known !== null);
  if (!last || last.discount_rate === null)
    return quarters.some(({ is_open }) => !is_open) ? UNPRICED : 'No quarter is over yet.';
  const now = `${rate(last.discount_rate)} of list in ${period(last.period)}`;
  const few = (deals: number, when: string) =>
    `${now}; ${when} had ${count(deals, 'deal')}, too few to compare.`;
  if (last.deals < MINIMUM_DEALS) return few(last.deals, 'the quarter');
  if (last.deals_before > 0 && last.deals_before < MINIMUM_DEALS)
    return few(last.deals_before, 'the same quarter a year before');
  if (last.rate_before === null) return `${now}; there is no year before to compare with.`;
  const change = last.discount_rate - last.rate_before;
  if (Math.abs(change) < 0.0005) return `${now}, as a year before.`;
  return `${now}, ${points(Math.abs(change)).replace('+', '')} ${change > 0 ? 'more' : 'less'} than a year before.`;
}

/** The quarter under way against the median of earlier ones on the same working day; within 5% is as usual. */
export function toDateInWords({ quarter, day, days, now, usual, budget }: ToDate, currency: string): string {
  const reached = `${period(quarter)} has reached working day ${day} of ${days} and ${moneyInWords(now, currency)} of discount`;
  const allowed =
    budget === null || budget <= 0
      ? ''
      : ` That is ${rate(now / budget, 0)} of the quarter's budget of ${moneyInWords(budget, currency)}.`;
  if (usual === null) return `${reached}.${allowed}`;
  const share = usual > 0 ? now / usual - 1 : null;
  const against = `the quarters before stood at ${moneyInWords(usual, currency)} (median) on that day`;
  if (share === null || Math.abs(share) < 0.05) return `${reached}; ${against}.${allowed}`;
  return `${reached}, ${rate(Math.abs(share), 0)} ${share > 0 ? 'more' : 'less'} than usual: ${against}.${allowed}`;
}

/** What the open deals would give away if they closed as they stand. */
export function aheadInWords({ discount, list, deals, today, pending }: Ahead, currency: string): string {
  const share = list > 0 ? `, ${rate(discount / list)} of their list` : '';
  const waiting =
    pending === null
      ? ''
      : ` ${count(pending.requests, 'request')} for approval ${pending.requests === 1 ? 'waits' : 'wait'}, on ${count(pending.deals.length, 'open deal')} with ${moneyInWords(pending.discount, currency)} of discount.`;
  return `${count(deals, 'open deal')} due from ${date(today)} on carry ${moneyInWords(discount, currency)} of discount${share}; it can still be changed.${waiting} The next four months are drawn.`;
}

/** How spend and rate moved since the period before, and which group moved the rate most. */
export function bridgeInWords({ dollars, rates, split }: Change, currency: string): string {
  const first = rates.byGroup[0];
  const change = points(rates.now - rates.before);
  const moved = spendMoved(dollars, currency, split.several);
  if (!first || Math.abs(first.rate) < 0.0005) return `${moved} The rate moved by ${change}.`;
  return `${moved} The rate moved by ${change}; of the ${split.several}, ${first.name} moved it most (${points(first.rate)}).`;
}

/** The groups that moved the rate most, with their parts in points and money. */
export function bridgeGroups({ dollars, rates, split }: Change): { columns: Column[]; rows: Row[] } {
  const money = new Map(dollars.byGroup.map(({ name, rate: amount }) => [name, amount]));
  return {
    columns: [
      { id: 'name', label: split.label[0]!.toUpperCase() + split.label.slice(1), sortable: false },
      { id: 'rate', label: 'Rate effect', unit: 'points', signed: true, sortable: false, phone: 'figure' },
      { id: 'mix', label: 'Mix effect', unit: 'points', signed: true, sortable: false, phone: 'line' },
      { id: 'dollars', label: 'Rate effect', unit: 'money', signed: true, sortable: false, phone: 'line' },
    ],
    rows: rates.byGroup.slice(0, 8).map(({ name, rate: effect, mix }, index) => ({
      key: `${index}`,
      cells: { name, rate: effect, mix, dollars: money.get(name) ?? null },
    })),
  };
}
