import { describe, expect, it } from 'vitest';
import type { BehindDeal } from '../questions/forecast/behind.ts';
import { excessInWords, listedInWords } from './forecastBehind.ts';

const deal = (account: string, forecast: number, actual: number): BehindDeal => ({
  ...{ deal_id: account, deal_name: account, account_name: account, rep_name: null, quarter: '2027-Q1' },
  ...{ became: actual > 0 ? 'won' : 'lost', category: null, stage: null, forecast, actual },
});
const together = (rows: BehindDeal[]) => ({
  rows,
  forecast: rows.reduce((sum, { forecast }) => sum + forecast, 0),
  actual: rows.reduce((sum, { actual }) => sum + actual, 0),
});

const said = (rows: BehindDeal[]) => excessInWords(together(rows), 'USD').replaceAll('\u00a0', ' ');

describe('the deals behind a forecast', () => {
  it('are said to be few where few of them make up half of the excess', () => {
    const rows = [deal('Larch', 1_000_000, 0), deal('Elm', 800_000, 0), deal('Oak', 700_000, 0)];
    const won = deal('Ash', 900_000, 1_100_000);
    // 2.5 million were not won, 0.2 more than forecast was: 2.3 too much, of which two deals are 1.8.
    expect(said([...rows, won])).toBe(
      'Of the $2.3 million too much, 2 deals that were not won in their quarter come to $1.8 million; the largest is Larch, $1.0 million.',
    );
    expect(said([rows[0]!, won])).toBe(
      'Of the $800,000 too much, one deal that was not won makes up half or more: Larch, $1.0 million.',
    );
  });

  it('say nothing of an excess that there is none of', () => {
    expect(said([deal('Larch', 0, 500_000), deal('Elm', 100_000, 0)])).toBe('');
  });

  it('say how many of them are listed', () => {
    const rows = Array.from({ length: 60 }, (_, at) => deal(String(at), 1, 0));
    const behind = { rows, deals: 58 } as Parameters<typeof listedInWords>[0];
    expect(listedInWords(behind, 50)).toBe('50 of 60 rows, 58 deals');
    expect(listedInWords({ ...behind, rows: rows.slice(0, 2), deals: 2 }, 50)).toBe('2 deals');
  });
});
