import type { Given, Row } from './modelled.fixture.ts';

/** Customers each of which bought something and was billed for it in a way of its own. */
export const soldAndBilled: Required<
  Pick<Given, 'account' | 'deal' | 'deal_line' | 'invoice' | 'invoice_line'>
> &
  Given = {
  account: [],
  deal: [],
  deal_line: [],
  deal_line_period: [],
  subscription: [],
  invoice: [],
  invoice_line: [],
  credit_note_line: [],
  product: [{ product_id: 'p', name: 'P' }],
  fx_rate: [{ currency: 'EUR', on_date: '2024-01-01', rate_set: 'plan', rate_to_base: 1.25 }],
};
const given = soldAndBilled;

/** A deal won by the customer of the same name; a year's contract from the start of 2026 unless said. */
function sold(id: string, net: number, more: Row = {}): void {
  const {
    deal = id,
    currency = 'USD',
    closed_on = '2025-12-20',
    start = '2026-01-01',
    months = 12,
    ...line
  } = more;
  if (!given.account.some(({ account_id }) => account_id === deal))
    given.account.push({ account_id: deal, name: deal });
  if (!given.deal.some(({ deal_id }) => deal_id === deal))
    given.deal.push({ deal_id: deal, account_id: deal, closed_on, is_closed: true, is_won: true, currency });
  given.deal_line.push({
    deal_line_id: id,
    deal_id: deal,
    product_id: 'p',
    quantity: 10,
    net_amount: net,
    currency,
    ...(months === null ? { price_period: 'once' } : { price_period: 'month', term_months: months }),
    service_from: start,
    ...line,
  });
  if (line.subscription_id !== undefined)
    given.subscription!.push({
      subscription_id: line.subscription_id,
      account_id: deal,
      started_on: start,
      deal_line_id: id,
    });
}

let bills = 0;

/** A bill of one line for days, on their first unless said. */
function billed(account: string, net: number, from: string | null, to: string | null, more: Row = {}): void {
  const { issued_on = from, currency = 'USD', status = 'paid', deal_id = null, ...line } = more;
  const invoice_id = `bill ${String(++bills).padStart(3, '0')}`;
  given.invoice.push({ invoice_id, account_id: account, issued_on, currency, status, deal_id });
  given.invoice_line.push({
    invoice_line_id: `${invoice_id} line`,
    invoice_id,
    product_id: 'p',
    period_start: from,
    period_end: to,
    quantity: 10,
    net_amount: net,
    ...line,
  });
}

const contract = (id: string): Row => ({ subscription_id: `sub ${id}` });

sold('as sold', 1200, contract('as sold'));
billed('as sold', 1200, '2026-01-01', '2027-01-01', contract('as sold'));
sold('by quarters', 1200, contract('by quarters'));
for (const [from, to] of [
  ['2026-01-01', '2026-04-01'],
  ['2026-04-01', '2026-07-01'],
  ['2026-07-01', '2026-10-01'],
  ['2026-10-01', '2027-01-01'],
] as const)
  billed('by quarters', 300, from, to, contract('by quarters'));
sold('a little less', 1200, contract('a little less'));
billed('a little less', 1194.01, '2026-01-01', '2027-01-01', contract('a little less'));
sold('cents', 12, contract('cents'));
billed('cents', 11.05, '2026-01-01', '2027-01-01', contract('cents'));
sold('another price', 1200, contract('another price'));
billed('another price', 1100, '2026-01-01', '2027-01-01', contract('another price'));
sold('too dear', 1200, contract('too dear'));
billed('too dear', 1260, '2026-01-01', '2027-01-01', contract('too dear'));
sold('fewer', 1200, contract('fewer'));
billed('fewer', 960, '2026-01-01', '2027-01-01', { ...contract('fewer'), quantity: 8 });
sold('forgotten', 1200, contract('forgotten'));
given.subscription!.push({ subscription_id: 'other', account_id: 'forgotten', started_on: '2020-01-01' });
sold('from March', 1200, contract('from March'));
billed('from March', 1000, '2026-03-01', '2027-01-01', contract('from March'));
sold('stopped', 1200, contract('stopped'));
for (const [from, to] of [
  ['2026-01-01', '2026-04-01'],
  ['2026-04-01', '2026-07-01'],
] as const)
  billed('stopped', 300, from, to, contract('stopped'));
sold('three years', 3600, { ...contract('three years'), months: 36 });
billed('three years', 1200, '2026-01-01', '2027-01-01', contract('three years'));

const ramp = (id: string, nets: number[], lists: number[] = nets.map(() => 1300)) => {
  sold(id, nets[0]! + nets[1]!, {
    ...contract(id),
    months: 24,
    start: '2025-01-01',
    closed_on: '2024-12-20',
    list_amount: lists[0]! + lists[1]!,
  });
  nets.forEach((net_amount, year) =>
    given.deal_line_period!.push({
      deal_line_id: id,
      period_start: `${2025 + year}-01-01`,
      period_end: `${2026 + year}-01-01`,
      list_amount: lists[year]!,
      net_amount,
    }),
  );
};
ramp('rise billed', [1000, 1050]);
billed('rise billed', 1000, '2025-01-01', '2026-01-01', contract('rise billed'));
billed('rise billed', 1050, '2026-01-01', '2027-01-01', contract('rise billed'));
ramp('rise missed', [1000, 1050]);
billed('rise missed', 1000, '2025-01-01', '2026-01-01', contract('rise missed'));
billed('rise missed', 1000, '2026-01-01', '2027-01-01', contract('rise missed'));
ramp('first year off', [1000, 1300]);
billed('first year off', 1000, '2025-01-01', '2026-01-01', contract('first year off'));
billed('first year off', 1000, '2026-01-01', '2027-01-01', contract('first year off'));
ramp('coupon past its end', [1000, 1250]);
billed('coupon past its end', 1000, '2025-01-01', '2026-01-01', contract('coupon past its end'));
billed('coupon past its end', 1000, '2026-01-01', '2027-01-01', {
  ...contract('coupon past its end'),
  discount_amount: 250,
  discount_ends_on: '2026-01-01',
});

sold('in dollars', 1000, { ...contract('in dollars'), currency: 'EUR' });
billed('in dollars', 1000, '2026-01-01', '2027-01-01', contract('in dollars'));
sold('at the rate', 1000, { ...contract('at the rate'), currency: 'EUR' });
billed('at the rate', 1250, '2026-01-01', '2027-01-01', contract('at the rate'));
sold('no rate', 1000, { ...contract('no rate'), currency: 'CHF' });
billed('no rate', 900, '2026-01-01', '2027-01-01', { ...contract('no rate'), currency: 'CHF' });

sold('changed and back', 1200, contract('changed and back'));
billed('changed and back', 1200, '2026-01-01', '2027-01-01', contract('changed and back'));
billed('changed and back', -600, '2026-07-01', '2027-01-01', {
  ...contract('changed and back'),
  is_proration: true,
});
billed('changed and back', 600, '2026-07-01', '2027-01-01', {
  ...contract('changed and back'),
  is_proration: true,
});
sold('twice', 1200, contract('twice'));
billed('twice', 1200, '2026-01-01', '2027-01-01', contract('twice'));
billed('twice', 1200, '2026-01-01', '2027-01-01', { ...contract('twice'), issued_on: '2026-02-01' });
sold('to the month', 1200, contract('to the month'));
billed('to the month', 700, '2026-01-01', '2026-08-01', contract('to the month'));
billed('to the month', 600, '2026-07-01', '2027-01-01', contract('to the month'));
sold('by the week', 1200, { ...contract('by the week'), start: '2026-11-07' });
billed('by the week', 22.5, '2026-11-07', '2026-11-14', contract('by the week'));
sold('for ever', 1200, { ...contract('for ever'), months: 20_000, start: '2026-11-12' });
sold('void', 1200, contract('void'));
billed('void', 700, '2026-01-01', '2027-01-01', { ...contract('void'), status: 'void' });
billed('void', 1200, '2026-01-01', '2027-01-01', contract('void'));

sold('two lines: a', 1000, { deal: 'two lines', quantity: 5 });
sold('two lines: b', 2000, { deal: 'two lines', quantity: 10 });
billed('two lines', 3000, '2026-01-01', '2027-01-01', { deal_id: 'two lines' });
sold('once', 500, { months: null });
billed('once', 500, null, null, { issued_on: '2026-01-10', deal_id: 'once' });
sold('once and again', 500, { months: null });
for (const issued_on of ['2026-01-10', '2026-02-10'])
  billed('once and again', 500, null, null, { issued_on, deal_id: 'once and again' });
sold('once, by months', 500, { months: null });
billed('once, by months', 500, '2026-01-01', '2026-02-01', { deal_id: 'once, by months' });
billed('once, by months', 200, '2026-02-01', '2026-03-01', { deal_id: 'once, by months' });
sold('given', 0, { months: null });
billed('given', 0, null, null, { issued_on: '2026-01-10', deal_id: 'given' });
sold('given and charged', 0, { months: null });
billed('given and charged', 90, null, null, { issued_on: '2026-01-10', deal_id: 'given and charged' });
sold('in parts', 900, { months: null });
for (const issued_on of ['2026-01-10', '2026-02-10'])
  billed('in parts', 300, null, null, { issued_on, deal_id: 'in parts' });
sold('month by month', 1200, { start: '2026-08-01' });
for (const issued_on of ['2026-08-01', '2026-09-01', '2026-10-01', '2026-11-01'])
  billed('month by month', 100, null, null, { issued_on, deal_id: 'month by month' });

for (const [line, nets] of [
  ['one undated', [300, 300]],
  ['all undated', [300, 300]],
] as const) {
  sold(line, 600);
  nets.forEach((net, at) =>
    billed(line, net, null, null, {
      issued_on: line === 'one undated' && at === 0 ? '2026-01-01' : null,
      deal_id: line,
    }),
  );
}

sold('alone', 700, { months: null });
billed('alone', 700, null, null, { issued_on: '2026-01-20' });
sold('alike: a', 700, { deal: 'alike', months: null });
sold('alike: b', 700, { deal: 'alike', months: null });
billed('alike', 700, null, null, { issued_on: '2026-01-20' });
sold('by amount: a', 700, { deal: 'by amount', months: null });
sold('by amount: b', 820, { deal: 'by amount', months: null });
billed('by amount', 820, null, null, { issued_on: '2026-01-20' });
sold('elsewhere: a', 700, { deal: 'elsewhere', months: null });
given.deal.push({ ...given.deal.at(-1)!, deal_id: 'elsewhere too' });
given.deal_line.push({
  ...given.deal_line.at(-1)!,
  deal_line_id: 'elsewhere: b',
  deal_id: 'elsewhere too',
  product_id: 'q',
});
billed('elsewhere', 700, null, null, { issued_on: '2026-01-20', deal_id: 'elsewhere too' });
given.account.push({ account_id: 'never sold to', name: 'never sold to' });
billed('never sold to', 50, null, null, { issued_on: '2026-03-01' });
sold('long ago', 1200, { closed_on: '2023-01-10', start: '2023-01-15' });
sold('left early', 2400, { ...contract('left early'), months: 24 });
Object.assign(
  given.subscription!.find(({ deal_line_id }) => deal_line_id === 'left early')!,
  {
    ended_on: '2027-01-01',
  },
);
billed('left early', 1200, '2026-01-01', '2027-01-01', contract('left early'));
sold('next month', 1200, { closed_on: '2026-11-10', start: '2026-12-01' });
for (const [line, net] of [
  ['no day: a', 500],
  ['no day: b', 400],
] as const)
  sold(line, net, { deal: 'no day', closed_on: null, start: null });
given.subscription!.push({ subscription_id: 'old', account_id: 'no day', started_on: '2020-01-01' });

const credit = (id: string, account: string, reason: string, approved_by: string | null): void => {
  const invoice_id = given.invoice.find((bill) => bill.account_id === account)!.invoice_id!;
  given.credit_note_line!.push({
    credit_note_id: id,
    invoice_id,
    issued_on: '2026-04-01',
    amount: 60,
    reason,
    approved_by,
  });
};
credit('goodwill', 'as sold', 'price_concession', null);
credit('agreed', 'as sold', 'price_concession', 'bea');
credit('mistake', 'as sold', 'error', null);
