import { count, date, decimal, moneyShort } from '../../design/formats.ts';
import type { Finding, FindingKind } from '../../questions/findings/finding.ts';
import { number, text, type Saying } from './said.ts';

const ofProduct = (finding: Finding) => text(finding, 'product') ?? 'a line';

/** In the currency that was sold and billed in. */
const inOwn = (finding: Finding, name: string) =>
  moneyShort(number(finding, name), text(finding, 'currency') ?? 'USD');

const bills = (finding: Finding) => count(number(finding, 'bills') ?? 0, 'bill');

const whys: Partial<Record<FindingKind, (finding: Finding) => [why: string, todo: string]>> = {
  not_billed: (finding) => [
    `${ofProduct(finding)} was sold for ${inOwn(finding, 'sold')}${since(finding)} and no bill is found`,
    'Bill it, or say why it is not due',
  ],
  unmatched_sold: (finding) => [
    `${ofProduct(finding)} was sold for ${inOwn(finding, 'sold')} and nothing billed can be told to be it`,
    'Find its bill, or bill it',
  ],
  price: (finding) => [
    `${ofProduct(finding)} was sold for ${inOwn(finding, 'sold')} and billed at ${inOwn(finding, 'billed')} on ${bills(finding)}`,
    'Bill the difference and correct the price',
  ],
  quantity: (finding) => [quantities(finding), 'Bill the missing quantity'],
  late_start: (finding) => [
    `billing of ${ofProduct(finding)} began later than its service${since(finding)}`,
    'Bill the time before the first bill',
  ],
  discount_past_end: (finding) => [
    `${ofProduct(finding)} is still billed with a discount past its end, on ${bills(finding)}`,
    'End the discount and bill what it took',
  ],
  missed_uplift: (finding) => [
    `the agreed rise of ${ofProduct(finding)} is not billed, on ${bills(finding)}`,
    'Bill the rise from its day on',
  ],
  unauthorised_credit: (finding) => [
    `credit ${text(finding, 'credit') ?? ''} of ${inOwn(finding, 'credited')} for price, and nobody is named who approved it`,
    'Ask who allowed it; take it back where nobody did',
  ],
};

function since(finding: Finding): string {
  const from = text(finding, 'service_from');
  return from === null ? '' : `, from ${date(from)}`;
}

function quantities(finding: Finding): string {
  const [sold, billed] = [number(finding, 'sold_quantity'), number(finding, 'billed_quantity')];
  if (sold === null || billed === null) return `${ofProduct(finding)} is billed for less than was sold`;
  return `${decimal(sold, 0)} of ${ofProduct(finding)} sold, ${decimal(billed, 0)} billed`;
}

/** What was sold and not billed as it was sold, by the cause of the difference. */
export const billing: Saying = (finding) => {
  const [why, todo] = whys[finding.kind]?.(finding) ?? ['billed otherwise than sold', 'Look into it'];
  const search = new URLSearchParams({ period: 'all', show: finding.kind });
  if (finding.account_id !== null) search.set('account_id', finding.account_id);
  return { why, todo, proof: `/leakage?${search}#list` };
};
