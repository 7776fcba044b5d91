import { date, moneyToTheCent, period } from '$lib/design/formats.ts';
import type { Column, Row } from '$lib/design/table.ts';
import type { AnswerRow } from '$lib/metrics/answer.ts';
import type { CustomerDeal } from '$lib/records/customer/deals.ts';
import type { CustomerSpan, Role, Subscription } from '$lib/records/customer/facts.ts';
import { dealHref, dealsHref } from '$lib/records/links.ts';
import { placeNote } from '$lib/records/sourced.ts';
import { personHref } from '$lib/records/teamLinks.ts';
import { inWords } from '$lib/records/words.ts';

export const yearColumns: Column[] = [
  { id: 'fiscal_year', label: 'Fiscal year' },
  { id: 'deals', label: 'Deals won', unit: 'count' },
  { id: 'list_amount', label: 'List', unit: 'money' },
  { id: 'discount', label: 'Discount', unit: 'money', bar: true },
  { id: 'discount_rate', label: 'Rate', unit: 'rate' },
  { id: 'uplift', label: 'Uplift', unit: 'money' },
  { id: 'net_amount', label: 'Net', unit: 'money', phone: 'figure' },
];

type Cells = Row['cells'];

export const yearRows = (years: AnswerRow[], id: string): Row[] =>
  years.map((year) => ({
    key: String(year.fiscal_year),
    href:
      year.fiscal_year === null ? undefined : dealsHref({ account_id: id, period: String(year.fiscal_year) }),
    cells: {
      ...(year as Cells),
      fiscal_year: year.fiscal_year === null ? 'No date' : period(String(year.fiscal_year)),
    },
  }));

export const yearTotal = (totals: AnswerRow): Row => ({
  key: 'total',
  cells: { ...(totals as Cells), fiscal_year: 'All' },
});

export const dealColumns: Column[] = [
  { id: 'deal_name', label: 'Deal' },
  { id: 'closed_on', label: 'Close', unit: 'date' },
  { id: 'outcome', label: 'Outcome' },
  { id: 'type', label: 'Type' },
  { id: 'rep_name', label: 'Rep' },
  { id: 'list_amount', label: 'List', unit: 'money' },
  { id: 'discount', label: 'Discount', unit: 'money', phone: 'figure' },
  { id: 'discount_rate', label: 'Rate', unit: 'rate', bar: true },
  { id: 'net_amount', label: 'Net', unit: 'money' },
];

const outcomeOf = ({ is_closed, is_won, stage }: CustomerDeal) =>
  is_closed
    ? is_won === null
      ? 'closed'
      : is_won
        ? 'won'
        : 'lost'
    : stage === null
      ? 'open'
      : `open, ${stage}`;

export const dealRows = (deals: CustomerDeal[]): Row[] =>
  deals.map((deal) => ({
    key: deal.deal_id,
    href: dealHref(deal.deal_id),
    links: deal.rep_id === null ? undefined : { rep_name: personHref('rep', deal.rep_id) },
    // What is not won is no spend: grey, so that only won deals read as given away.
    faint: deal.is_won !== true,
    cells: { ...(deal as unknown as Cells), outcome: outcomeOf(deal), type: inWords(deal.deal_type) },
    notes: placeNote(deal, 'deal_name'),
  }));

export const roleColumns: Column[] = [
  { id: 'person', label: 'Person' },
  { id: 'role', label: 'Role' },
  { id: 'from', label: 'From' },
  { id: 'to', label: 'To' },
];

export const roleRows = (roles: Role[]): Row[] =>
  roles.map((role, at) => {
    const isDated = role.valid_from !== null || role.valid_to !== null;
    return {
      key: String(at),
      cells: {
        person: role.person,
        role: inWords(role.role),
        from: isDated ? (role.valid_from === null ? 'always' : date(role.valid_from)) : 'when exported',
        to: isDated ? (role.valid_to === null ? 'now' : date(role.valid_to)) : null,
      },
      notes: placeNote(role, 'person'),
    };
  });

export const subscriptionColumns: Column[] = [
  { id: 'product', label: 'Product' },
  { id: 'status', label: 'Status' },
  { id: 'quantity', label: 'Quantity' },
  { id: 'started_on', label: 'From', unit: 'date' },
  { id: 'ended_on', label: 'To', unit: 'date' },
  { id: 'renewal_due_on', label: 'Due', unit: 'date' },
  { id: 'list', label: 'List a month' },
  { id: 'net', label: 'Net a month', phone: 'figure' },
];

export const subscriptionRows = (subscriptions: Subscription[], fallback: string): Row[] =>
  subscriptions.map((one) => {
    const money = (amount: number | null) =>
      amount === null ? null : moneyToTheCent(amount, one.currency ?? fallback);
    return {
      key: one.subscription_id,
      cells: {
        ...(one as unknown as Cells),
        product: one.product ?? one.subscription_id,
        quantity: one.quantity === null ? null : String(one.quantity),
        list: money(one.monthly_list),
        net: money(one.monthly_net),
      },
      notes: placeNote(one, 'product'),
    };
  });

export const spanColumns: Column[] = [
  { id: 'from', label: 'From' },
  { id: 'to', label: 'To' },
  { id: 'name', label: 'Name' },
  { id: 'segment', label: 'Segment' },
  { id: 'industry', label: 'Industry' },
  { id: 'region', label: 'Region' },
];

export const spanRows = (spans: CustomerSpan[]): Row[] =>
  spans.map((span, at) => ({
    key: String(at),
    cells: {
      ...(span as unknown as Cells),
      from: span.valid_from === null ? 'always' : date(span.valid_from),
      to: span.valid_to === null ? 'now' : date(span.valid_to),
    },
    notes: placeNote(span, 'from'),
  }));
