import { describe, expect, it } from 'vitest';
import { rawOf } from './rawOf.fixture.ts';

const template = (column: string, cells: string[]) =>
  `deal_id;${column}\n${cells.map((cell, index) => `d${index};"${cell}"`).join('\n')}\n`;

/** What the cells of one column of a deal file become, in order; null for a row that was rejected. */
async function read(column: string, cells: string[], settings = ''): Promise<unknown> {
  const { file, rows } = await rawOf({ 'deal.csv': template(column, cells) }, settings);
  const { unread_reason: reason, is_question } = file('deal.csv');
  if (reason !== null) return { question: is_question, reason };
  const found = await rows(`select deal_id, ${column}::varchar as value from raw.deal_row`);
  const by = new Map(found.map((row) => [row.deal_id, row.value]));
  return cells.map((_, index) => by.get(`d${index}`) ?? null);
}

const may = '2026-05-04';

describe('dates of a column', () => {
  it.each([
    ['ISO', ['2026-05-04', '2026-5-4', '2026-05-04 23:59:59'], [may, may, may]],
    ['day first, told by one cell', ['04/05/2026', '31/12/2026'], [may, '2026-12-31']],
    ['month first, told by one cell', ['05/04/2026', '12/31/2026'], [may, '2026-12-31']],
    ['day first with points', ['04.05.2026', '31.12.26'], [may, '2026-12-31']],
    ['day first with dashes', ['04-05-2026', '31-12-2026'], [may, '2026-12-31']],
    ['year first with slashes', ['2026/05/04'], [may]],
    ['digits only', ['20260504'], [may]],
    ['months by name', ['May 4, 2026', '4 May 2026', '04-May-26', '04-May-2026'], [may, may, may, may]],
    [
      'years of two digits',
      ['5/4/26', '12/31/26 11:30 PM', '1/1/26 0:05'],
      [may, '2026-12-31', '2026-01-01'],
    ],
    ['SQL Server', ['May  4 2026 12:00AM'], [may]],
    ['seconds since 1970', ['1777852800', '1777939199'], [may, may]],
    ['with a time and a half of the day', ['05/04/2026 11:30 PM', '12/31/2026 1:05 AM'], [may, '2026-12-31']],
    ['day and month the same throughout', ['05/05/2026', '06/06/2026'], ['2026-05-05', '2026-06-06']],
    ['words for nothing', ['2026-05-04', 'NULL', '#N/A', ' '], [may, null, null, null]],
  ])('%s', async (_, cells, expected) => {
    expect(await read('closed_on', cells)).toEqual(expected);
  });

  it('that can be read both ways are asked about, never guessed', async () => {
    const both = ['03/04/2026', '05/06/2026', '07/08/2026'];
    expect(await read('closed_on', both)).toEqual({
      question: true,
      reason: expect.stringMatching(/"closed_on" can be read as day-month or as month-day.*date_order/),
    });
    expect(await read('closed_on', both, 'date_order: dmy')).toEqual([
      '2026-04-03',
      '2026-06-05',
      '2026-08-07',
    ]);
    expect(await read('closed_on', both, 'date_order: mdy')).toEqual([
      '2026-03-04',
      '2026-05-06',
      '2026-07-08',
    ]);
  });

  it('are asked about where a few typing errors speak for neither', async () => {
    const cells = Array.from({ length: 60 }, (_, n) => `0${(n % 9) + 1}/0${((n * 5) % 9) + 1}/2026`);
    expect(await read('closed_on', [...cells, '45/45/2026'])).toMatchObject({ question: true });
  });

  it('follow a setting that is wrong for the file only as far as it can be right', async () => {
    expect(await read('closed_on', ['31/12/2026', '04/05/2026'], 'date_order: mdy')).toEqual([
      '2026-12-31',
      may,
    ]);
  });

  it('fall on the day of the configured zone where they are instants', async () => {
    const late = [
      '2026-04-01T03:30:00Z',
      '2026-03-31T23:30:00-04:00',
      '2026-04-01T03:30:00.000+0000',
      '2026-03-31 23:30:00',
    ];
    const march = '2026-03-31';
    expect(await read('closed_on', late, 'time_zone: America/New_York')).toEqual([
      march,
      march,
      march,
      march,
    ]);
    const april = '2026-04-01';
    expect(await read('closed_on', late, 'time_zone: UTC')).toEqual([april, april, april, march]);
  });
});

describe('numbers of a column', () => {
  it.each([
    ['plain', ['1234.5', '-0.25', '7'], ['1234.5000', '-0.2500', '7.0000']],
    ['with thousands marks', ['1,234.50', '12,345,678.9'], ['1234.5000', '12345678.9000']],
    ['with a decimal comma', ['1.234,50', '12.345.678,9', '7'], ['1234.5000', '12345678.9000', '7.0000']],
    ['with blanks between thousands', ['1 234,50', '12 345 678'], ['1234.5000', '12345678.0000']],
    ['with apostrophes between thousands', ["1'234.50", "12'345'678"], ['1234.5000', '12345678.0000']],
    [
      'negative in parentheses or behind',
      ['(1,234.50)', '99.10-', '$ (3.00)'],
      ['-1234.5000', '-99.1000', '-3.0000'],
    ],
    [
      'with currency signs and codes',
      ['$1,234.50', 'USD 99', '€5', '7 EUR'],
      ['1234.5000', '99.0000', '5.0000', '7.0000'],
    ],
    ['that are none', ['1234.5', 'abc', '12..5'], ['1234.5000', null, null]],
    ['beyond what an amount holds', ['1', '123456789012345.12'], ['1.0000', null]],
  ])('%s', async (_, cells, expected) => {
    expect(await read('amount', cells)).toEqual(expected);
  });

  it('that can be read both ways are asked about, never guessed', async () => {
    const both = ['1.234', '5.678', '12.000'];
    expect(await read('amount', both)).toEqual({
      question: true,
      reason: expect.stringMatching(
        /"amount" can be read with a decimal point or with a decimal comma.*decimal_mark/,
      ),
    });
    expect(await read('amount', both, 'decimal_mark: comma')).toEqual([
      '1234.0000',
      '5678.0000',
      '12000.0000',
    ]);
    expect(await read('amount', both, 'decimal_mark: point')).toEqual(['1.2340', '5.6780', '12.0000']);
    expect(await read('amount', ['1,234', '5,678'])).toMatchObject({ question: true });
  });

  it('are told by one cell that fits one way only', async () => {
    expect(await read('amount', ['1.234', '5.678', '0,5'])).toEqual(['1234.0000', '5678.0000', '0.5000']);
    expect(await read('amount', ['1.234', '5.67'])).toEqual(['1.2340', '5.6700']);
  });

  it('keep every cent of sums that a float would lose', async () => {
    expect(await read('amount', ['99999999999999.9999', '0.0001'])).toEqual([
      '99999999999999.9999',
      '0.0001',
    ]);
  });
});

describe('yes and no', () => {
  it('is understood in several languages and no further', async () => {
    const cells = ['true', 'N', '1', 'ja', 'faux', 'maybe'];
    expect(await read('is_won', cells)).toEqual(['true', 'false', 'true', 'true', 'false', null]);
  });
});
