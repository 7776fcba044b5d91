import { describe, expect, it } from 'vitest';
import { rawOf } from './rawOf.fixture.ts';

/** The rates of a file of lines, in percent; or what is asked of it. */
async function rates(text: string, settings = ''): Promise<unknown> {
  const { file, rows } = await rawOf({ 'deal_line.csv': text }, settings);
  const { unread_reason: reason } = file('deal_line.csv');
  if (reason !== null) return reason;
  const found = await rows(
    'select discount_percent::double as rate from raw.deal_line_row order by deal_line_id',
  );
  return found.map(({ rate }) => rate);
}

const lines = (header: string, rows: string[]) =>
  `deal_line_id,deal_id,${header}\n${rows.map((row, at) => `l${at},d${at},${row}`).join('\n')}\n`;
const alone = (...cells: string[]) => lines('discount_percent', cells);

describe('percent of a column', () => {
  it('are as they stand where they are above 1 or have the sign', async () => {
    expect(await rates(alone('12', '0', '100'))).toEqual([12, 0, 100]);
    expect(await rates(alone('12', '5', '0.5', '20'))).toEqual([12, 5, 0.5, 20]);
    expect(await rates(alone('12%', '0.5 %', '7.5%'))).toEqual([12, 0.5, 7.5]);
  });

  it('are settled by arithmetic against the amounts', async () => {
    const header = 'list_amount,discount_percent,net_amount';
    expect(await rates(lines(header, ['200,0.12,176', '100,0.5,50', '100,0,100']))).toEqual([12, 50, 0]);
    expect(await rates(lines(header, ['20000,0.12,19976', '1000,0.5,995']))).toEqual([0.12, 0.5]);
    const units = 'unit_list,quantity,discount_percent,net_amount';
    expect(await rates(lines(units, ['10,20,0.12,176', '1,100,1,0']))).toEqual([12, 100]);
  });

  it('are asked about where nothing tells, and follow the answer', async () => {
    const text = alone('0.12', '0.5', '1');
    expect(await rates(text)).toMatch(/"discount_percent" holds 0\.12, 0\.5, 1(\.0)?: .*percent: fraction/);
    expect(await rates(text, 'percent: fraction')).toEqual([12, 50, 100]);
    expect(await rates(text, 'percent: points')).toEqual([0.12, 0.5, 1]);
    expect(await rates(text, 'files: [{ path: "deal*.csv", percent: fraction }]')).toEqual([12, 50, 100]);
  });

  it('of a few cells above 1 among many fractions are asked about', async () => {
    const many = Array.from({ length: 60 }, (_, n) => `0.${String(n + 10)}`);
    expect(await rates(alone(...many, '12'))).toMatch(/percent: fraction/);
  });

  it('of chances are told by the deals that are won', async () => {
    const text = 'deal_id,probability,is_won\na,0.4,false\nb,1,true\nc,0,false\n';
    const { rows } = await rawOf({ 'deal.csv': text });
    const found = await rows('select probability::double as chance from raw.deal_row order by deal_id');
    expect(found.map(({ chance }) => chance)).toEqual([40, 100, 0]);
  });
});
