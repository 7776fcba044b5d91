import { describe, expect, it } from 'vitest';
import { asideReason } from './asides.ts';

const header = ['account', 'id', 'closed', 'amount', 'note'];
const totals = 'A totals row, not a record.';

describe('a record that begins with a word for totals', () => {
  it.each([
    ['a sum', ['Total', '', '', '1,234.50', '']],
    ['a sum in another language and currency', ['Summe', '', '', '1.345,50 €', '']],
    ['several sums', ['Grand Total', '12', '', '(5.00)', 'CHF 7']],
    ['a sum and what it counts', ['Total (5 records)', '', '', 'USD 1 234', '']],
  ])('is set aside with %s', (_, fields) => {
    expect(asideReason(fields, header)).toBe(totals);
  });

  it.each([
    ['a name that goes on', ['Total Wine', 'A1', '2026-05-04', '10', '']],
    ['an id', ['Total', 'A1', '', '10', '']],
    ['a date', ['Total', '', '2026-05-04', '10', '']],
    ['words', ['Summe', '', '', '10', 'Neukunde']],
  ])('is kept with %s', (_, fields) => {
    expect(asideReason(fields, header)).toBeNull();
  });
});
