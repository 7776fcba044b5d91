import { expect, it } from 'vitest';
import type { Allocation, BilledAsSold } from './billedAsSold.ts';
import { matchBasis, matchInWords, matchRows } from './billedAsSoldTables.ts';

const one: Allocation = {
  ...{
    match_id: 'l il',
    cause: 'price',
    reason: null,
    deal_id: 'd',
    deal_name: 'Deal',
    product_name: 'Core',
  },
  ...{ invoice_id: 'in_1', service_from: '2026-04-01', service_to: '2026-07-01', currency: 'EUR' },
  ...{ billed_currency: 'EUR', sold_amount: 100, billed_amount: 90, credit_amount: 0, difference: -11 },
  ...{ confidence: 1, matched_by: 'subscription' },
};
const match = (of: Partial<BilledAsSold>): BilledAsSold => ({
  ...{ rows: [], count: 0, due: 0, matched: 0, less: 0 },
  ...of,
});

it('writes both sides in their currency and marks what can still be billed', () => {
  const [row, timing, credit] = matchRows(
    [
      one,
      { ...one, match_id: 'later', cause: 'timing', billed_amount: 0, difference: 0 },
      { ...one, match_id: 'credit', cause: 'unauthorised_credit', credit_amount: 7, product_name: null },
    ],
    true,
  );
  expect(row).toMatchObject({
    alarm: ['difference'],
    links: { deal: '/deals/d' },
    cells: { sold: '€100.00', billed: '€90.00', difference: -11, cause: 'Another price', deal: 'Deal' },
    notes: { service: 'to 30 Jun 2026', billed: 'in_1', sure: 'by the contract’s id' },
  });
  expect(timing).toMatchObject({ faint: true, alarm: [], cells: { cause: 'Not due yet' } });
  expect(credit!.cells).toMatchObject({ product: 'Credit', sold: null, billed: '€7.00 credited' });
  expect(matchRows([one], false)[0]).toMatchObject({ cells: { deal: null }, links: undefined });
});

it('says of what came due how much was billed as sold, and what can still be billed', () => {
  expect(matchInWords(match({ due: 200, matched: 150, less: 20 }), 'USD')).toBe(
    'Of $200.00 that came due, 75.0% was billed as sold; $20.00 can still be billed or claimed back.',
  );
  expect(matchInWords(match({ due: 200, matched: 200 }), 'USD')).toContain('nothing was billed short');
  expect(matchInWords(match({ less: 5 }), 'USD')).toContain('$5.00 can still be billed');
  expect(matchInWords(match({}), 'USD')).toBe('Nothing that was sold has come due yet.');
});

it('says how many of the parts are shown', () => {
  expect(matchBasis(match({ count: 3, rows: [one, one, one] }))).toBe('3 parts');
  expect(matchBasis(match({ count: 70, rows: [one] }))).toBe('1 of 70 parts');
});
