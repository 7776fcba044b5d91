import { expect, it } from 'vitest';
import type { Difference } from '../questions/leakage/list.ts';
import type { TieOut } from '../questions/leakage/tieOut.ts';
import { courseInWords, listRows, tieOutParts, tieOutRows, whereRow } from './leakageTables.ts';

const plain = (text: unknown) => String(text).replaceAll('\u00a0', ' ');
const one: Difference = {
  ...{ match_id: 'l1 il_1', cause: 'price', account_id: 'a', account_name: 'Acme', has_account: true },
  ...{ deal_id: 'd/1', deal_name: 'Acme - New', rep_name: 'Ann', product_name: 'Core', invoice_id: 'in_1' },
  ...{ happened_on: '2026-04-01', service_from: '2026-04-01', service_to: '2026-07-01' },
  ...{ currency: 'EUR', billed_currency: 'EUR', sold_amount: 100, billed_amount: 90.5, credit_amount: 0 },
  ...{
    own_difference: -9.5,
    difference: -9.975,
    confidence: 0.6,
    matched_by: 'likeness',
    reason: null,
    is_open: true,
  },
  ...{ sold_file: 'lines.csv', sold_line: 7, billed_file: 'bills.csv', billed_line: 9 },
};

it('tells of a difference both sides in their own currency, with the line of the file each was read from', () => {
  const [row] = listRows([one], 'USD');
  expect(row).toMatchObject({
    key: 'l1 il_1',
    href: '/customers/a',
    links: { deal: '/deals/d%2F1' },
    cells: { customer: 'Acme', sold: '€100.00', billed: '€90.50', difference: -9.975, service: '2026-04-01' },
    notes: {
      customer: 'l1 il_1',
      deal: 'Core · Ann',
      sold: 'lines.csv:7',
      billed: 'bills.csv:9',
      service: 'to 30 Jun 2026',
      difference: '−€9.50',
      confidence: 'by customer, product, term and amount',
    },
  });
  expect(row!.notes!.cause).toMatch(/^Set the price/);
  expect(listRows([one], 'EUR')[0]!.notes!.difference).toBeUndefined();
});

it('leads to no page of a customer that only the billing system knows', () => {
  const [row] = listRows([{ ...one, has_account: false }], 'USD');
  expect(row!.href).toBeUndefined();
  expect(row!.cells.customer).toBe('Acme');
});

it('says of an unmatched side why, and of a credit what was credited', () => {
  const unmatched = [
    { ...one, cause: 'unmatched_sold', reason: 'its customer is not known', confidence: null },
    { ...one, cause: 'unauthorised_credit', credit_amount: 12, deal_id: null, account_id: null },
  ] as const;
  const [sale, credit] = listRows(unmatched, 'USD');
  expect(sale!.notes!.cause).toBe('its customer is not known');
  expect(sale!.notes!.confidence).toBeUndefined();
  expect(credit!.cells).toMatchObject({ sold: null, billed: '€12.00 credited' });
  expect(credit!.links).toBeUndefined();
  expect(credit!.href).toBeUndefined();
});

it('adds up to both sources, matched beside unmatched', () => {
  const found: TieOut = {
    ...{ due: 100, billed: 91, matched: 80, matchedBilled: 81, share: 0.8, less: 12, more: 2 },
    ...{ unmatchedSold: 0, unmatchedBilled: 0, notDue: 30, notDueParts: 4, n: 6, parts: 9, matchedParts: 7 },
    ...{ confidence: 1, answered: undefined as never },
    causes: [
      { cause: 'not_billed', lines: 1, parts: 1, sold: 10, billed: 0, less: 10, more: 0, confidence: null },
      { cause: 'price', lines: 1, parts: 1, sold: 10, billed: 10, less: 2, more: 2, confidence: 1 },
    ],
  };
  const { rows, total } = tieOutRows(found, (cause) => `?show=${cause}`);
  const sum = (column: string) => rows.reduce((whole, { cells }) => whole + Number(cells[column] ?? 0), 0);
  for (const column of ['parts', 'sold', 'billed', 'less', 'more'])
    expect(sum(column), column).toBe(total.cells[column]);
  expect(rows.map(({ key }) => key)).toEqual(['matched', 'not_billed', 'price', 'timing']);
  expect(tieOutParts(found).map(({ id, amount }) => [id, amount])).toEqual([
    ['due', 100],
    ['matched', 80],
    ['not_billed', 10],
    ['price', 2],
  ]);
});

it('greys groups of few lines, and gives no share of nothing', () => {
  const group = { id: 'w', name: 'West', due: 0, matched: 0, less: 0, more: 0, lines: 3, isFew: true };
  expect(whereRow(group, 0)).toMatchObject({ faint: true, cells: { part: null, share: null, more: null } });
});

it('compares the last whole quarter with the year before', () => {
  const quarter = { period: '2027-Q3', less: 5, share: 0.01, before: 0.02, lines: 50, is_open: false };
  const open = { ...quarter, period: '2027-Q4', share: null, is_open: true };
  expect(plain(courseInWords([quarter, open]))).toBe(
    'Of what came due in FY27 Q3, 1.0% was billed short; a year before it was 2.0%.',
  );
  expect(courseInWords([open])).toBe('No quarter with enough lines is over yet.');
});
