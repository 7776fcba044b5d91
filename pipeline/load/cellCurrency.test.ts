import { describe, expect, it } from 'vitest';
import { rawOf } from './rawOf.fixture.ts';

/** Amount and currency of each deal, with the reasons of those that were rejected; or what is asked. */
async function deals(text: string, settings = ''): Promise<unknown> {
  const { file, rows } = await rawOf({ 'deal.csv': text }, settings);
  const { unread_reason: reason } = file('deal.csv');
  if (reason !== null) return reason;
  const loaded = await rows('select amount::double as amount, currency from raw.deal_row order by deal_id');
  const rejected = await rows('select reason from raw.rejected_row order by source_line');
  return [
    ...loaded.map(({ amount, currency }) => [amount, currency]),
    ...rejected.map(({ reason: why }) => why),
  ];
}

const cells = (...texts: string[]) =>
  `deal_id;amount\n${texts.map((text, at) => `d${at};${text}`).join('\n')}\n`;
const beside = (...texts: string[]) =>
  `deal_id;amount;currency\n${texts.map((text, at) => `d${at};${text}`).join('\n')}\n`;
const contradicts = 'amount is in another currency than its row';

describe('a currency in the cells of money', () => {
  it('is the row’s', async () => {
    expect(await deals(cells('5 €', 'GBP 1,234.50', '(£7)', 'US$ 9', '3'))).toEqual([
      [5, 'EUR'],
      [1234.5, 'GBP'],
      [-7, 'GBP'],
      [9, 'USD'],
      [3, null],
    ]);
  });

  it('as a sign of several is the reporting currency, the row’s, or a question', async () => {
    expect(await deals(cells('$5'))).toEqual([[5, 'USD']]);
    expect(await deals(cells('$5'), 'currency: CAD')).toEqual([[5, 'CAD']]);
    expect(await deals(cells('$5'), 'currency: EUR')).toMatch(
      /"\$" in column "amount" may be USD, AUD.*currency_signs/,
    );
    expect(await deals(cells('$5', '6 €'), 'currency: EUR\ncurrency_signs: { $: AUD }')).toEqual([
      [5, 'AUD'],
      [6, 'EUR'],
    ]);
    expect(await deals(beside('$5;CAD', '$6;USD'), 'currency: EUR')).toEqual([
      [5, 'CAD'],
      [6, 'USD'],
    ]);
  });

  it('that the row contradicts is rejected', async () => {
    expect(await deals(beside('5 €;EUR', '6 €;USD', '$7;EUR', '8 €;'))).toEqual([
      [5, 'EUR'],
      [8, 'EUR'],
      contradicts,
      contradicts,
    ]);
    const { rows } = await rawOf({
      'quota.csv': 'person_id,period_start,amount\na,2026-01-01,$5\nb,2026-01-01,€6\n',
    });
    expect(await rows('select person_id from raw.quota_row')).toEqual([{ person_id: 'a' }]);
  });
});
