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
    [
      'words for nothing',
      ['2026-05-04', 'NULL', '#N/A', ' ', 'n/a', '—'],
      [may, null, null, null, null, null],
    ],
    ['points and blanks', ['4. 5. 2026', '31. 12. 2026'], [may, '2026-12-31']],
    ['Excel’s day numbers', ['46146', '46387'], [may, '2026-12-31']],
    [
      'months by name in other languages',
      [
        '4. Mai 2026',
        '4 mai 2026',
        '4 de mayo de 2026',
        '4 maggio 2026',
        '4 mei 2026',
        '4 de maio de 2026',
        '1er août 2026',
      ],
      [may, may, may, may, may, may, '2026-08-01'],
    ],
    ['a weekday in front', ['Mon, 04 May 2026', 'Thursday, December 31, 2026'], [may, '2026-12-31']],
    ['day first with zones', ['04/05/2026 23:30 +0200', '31/12/2026 23:30:00 -0500'], [may, '2027-01-01']],
    [
      'one late cell that is none',
      [...Array<string>(99).fill('04/13/2026'), '31/12/2026'],
      [...Array<string>(99).fill('2026-04-13'), null],
    ],
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

  it('are asked about where the year’s two digits may stand first', async () => {
    const cells = ['26/05/04', '26/11/30', '25/02/07'];
    expect(await read('closed_on', cells)).toEqual({
      question: true,
      reason: expect.stringMatching(/day first or as year first.*25\/02\/07.*date_order: dmy \(or ymd\)/),
    });
    expect(await read('closed_on', cells, 'date_order: ymd')).toEqual([may, '2026-11-30', '2025-02-07']);
  });

  it('are asked about where both orders are there', async () => {
    expect(await read('closed_on', ['31/12/2026', '12/31/2026', '13/01/2026'])).toMatchObject({
      question: true,
    });
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
    [
      'with two and three digits between marks',
      ['12,34,567.89', '1,00,000'],
      ['1234567.8900', '100000.0000'],
    ],
    ['with other blanks', ['1\u00a0234,50', '12\u202f345\u202f678'], ['1234.5000', '12345678.0000']],
    ['with a real minus sign', ['−1.5', '– 2', '3'], ['-1.5000', '-2.0000', '3.0000']],
    ['negative as credits beside plain ones', ['1,234.50 CR', '99.10'], ['-1234.5000', '99.1000']],
    ['with words for nothing', ['1.5', '-', 'n/a', 'None', '#N/A'], ['1.5000', null, null, null, null]],
    [
      'with one late cell otherwise',
      [...Array<string>(30).fill('1.234,50'), '1,234.50'],
      [...Array<string>(30).fill('1234.5000'), null],
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

  it('are not told by one stray cell among many', async () => {
    const cells = Array.from(
      { length: 200 },
      (_, n) => `${n + 1}.${String((n * 7) % 1000).padStart(3, '0')}`,
    );
    expect(await read('amount', [...cells, '12.5'])).toMatchObject({ question: true });
  });

  it('are asked about where both marks are there', async () => {
    expect(await read('amount', ['12.5', '0,5', '1,5'])).toEqual({
      question: true,
      reason: expect.stringMatching(/decimal point \(12\.5\) and with a decimal comma \(0,5\).*decimal_mark/),
    });
  });

  it('are asked about where every one is marked as credit or debit', async () => {
    const cells = ['5.00 CR', '7.00 DR'];
    expect(await read('amount', cells)).toEqual({
      question: true,
      reason: expect.stringContaining('credits:'),
    });
    expect(await read('amount', cells, 'credits: negative')).toEqual(['-5.0000', '7.0000']);
    expect(await read('amount', cells, 'credits: positive')).toEqual(['5.0000', '-7.0000']);
  });

  it('of things are not rounded to whole ones', async () => {
    const { rows } = await rawOf({ 'invoice.csv': 'invoice_id,standard_terms_days\na,30\nb,30.0\nc,30.5\n' });
    const found = await rows('select invoice_id, standard_terms_days from raw.invoice_row order by all');
    expect(found.map((row) => Object.values(row))).toEqual([
      ['a', '30'],
      ['b', '30'],
    ]);
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
    const cells = ['true', 'N', '1', 'ja', 'faux', 'sì', 'Não', 'verdadero', 'nee', 'n/a', 'maybe'];
    const expected = ['true', 'false', 'true', 'true', 'false', 'true', 'false', 'true', 'false', null, null];
    expect(await read('is_won', cells)).toEqual(expected);
  });
});
