import { expect, it } from 'vitest';
import type { Step } from '../questions/leakage/chain.ts';
import { chainInWords, chainNote, chainRows } from './leakageChain.ts';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');
const step = (id: Step['id'], of: Partial<Step> = {}): Step => ({
  ...{ id, amount: 100, why: null, n: 4, of: null, coverage: null },
  ...of,
});
const steps = (of: Partial<Record<Step['id'], Partial<Step>>> = {}): Step[] =>
  (['quoted', 'booked', 'billed', 'price_credits', 'other_credits', 'cash', 'open'] as const).map((id) =>
    step(id, of[id]),
  );

it('sets each step against its own and nothing else', () => {
  const rows = chainRows(
    steps({ quoted: { amount: 120, of: 100, coverage: 0.5 }, cash: { amount: 80, of: 100, coverage: 0.75 } }),
  );
  const cells = (id: string) => rows.find(({ key }) => key === id)!;
  expect(cells('quoted').cells.share).toBe('120.0% of what was booked on the same deals');
  expect(cells('quoted').notes).toEqual({ n: '50% of booked net' });
  expect(cells('cash').cells.share).toBe('80.0% of these bills');
  expect(cells('booked').cells.share).toBeNull();
  expect(cells('billed').cells.share).toBeNull();
});

it('says that a step is absent, and why, not that it is zero', () => {
  const [row] = chainRows([step('cash', { amount: null, why: 'not loaded' })]);
  expect(row).toMatchObject({
    cells: { amount: null, n: null },
    notes: { amount: 'not loaded' },
    faint: true,
  });
  const words = chainInWords(
    steps({
      quoted: { amount: null, why: 'not loaded' },
      price_credits: { amount: null, why: 'not loaded' },
      other_credits: { amount: null, why: 'not loaded' },
      cash: { amount: null, why: 'not loaded' },
      open: { amount: null, why: 'not loaded' },
    }),
    'USD',
  );
  expect(plain(words)).toBe('$100 was billed. Not loaded, and so not said: offers, credit notes, payments.');
});

it('tells the way from offer to cash', () => {
  const told = chainInWords(
    steps({
      quoted: { amount: 120, of: 110 },
      price_credits: { amount: 3 },
      cash: { amount: 80 },
      open: { amount: 17 },
    }),
    'USD',
  );
  expect(plain(told)).toBe(
    '$120 was offered where $110 was booked. $100 was billed, $3 of it credited again for price; $80 has come in and $17 has not.',
  );
});

it('warns of payments whose tax is not known', () => {
  expect(chainNote(0)).not.toContain('tax');
  expect(chainNote(2)).toContain('2 paid bills do not tell their tax');
});
