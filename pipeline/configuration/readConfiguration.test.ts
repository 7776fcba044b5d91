import { describe, expect, it } from 'vitest';
import { Problem } from '../problem.ts';
import { defaults } from './configuration.ts';
import { parseConfiguration, readConfiguration } from './readConfiguration.ts';

function problemOf(text: string): Problem {
  try {
    parseConfiguration(text, 'holdfast.yaml');
  } catch (error) {
    expect(error).toBeInstanceOf(Problem);
    return error as Problem;
  }
  throw new Error(`accepted: ${text}`);
}

const everything = `
currency: EUR
time_zone: Europe/Berlin
fiscal_year_start: 2
calendar: 4-4-5
date_order: dmy
decimal_mark: comma
percent: points
credits: positive
currency_signs: { $: CAD }
week_start: sunday
fiscal_year_end: last
week_53: 3
fiscal_year_named_by: start
price_rounding: total
organisation_stage: [{ stage: 2, from: 2023-02-01 }]
approval_limits: [{ rate: 20, binds: line }, { amount: 25000, binds: deal }]
limit_inclusive: false
holidays: [2026-12-25, 2027-01-01]
minimum_effect: { discount_rate: 2 }
tolerance: { percent: 0.25 }
cost_of_capital: 9.5
undated_price_book: use
deal_types: { "Upgrade": upsell }
roles: { "Solutions Consultant": technology_manager }
files:
  - path: "sales*.csv"
    table: deal
    where: "stage is not null"
    distinct: true
    date_order: mdy
    percent: fraction
    exported_at: 2026-11-01
    columns:
      deal_id: id
      is_won: { sql: "stage = 'Won'" }
      owner_id: { column: agent, through: [{ file: people.csv, key: name, value: id }] }
  - { path: "quotas*.csv", decimal_mark: point, exported_at: 2026-11-02 }
`;

describe('holdfast.yaml', () => {
  it('is read in full', () => {
    expect(parseConfiguration(everything, 'holdfast.yaml')).toEqual({
      currency: 'EUR',
      timeZone: 'Europe/Berlin',
      fiscalYearStart: 2,
      calendar: '4-4-5',
      dateOrder: 'dmy',
      decimalMark: 'comma',
      percent: 'points',
      credits: 'positive',
      currencySigns: { $: 'CAD' },
      weekStart: 'sunday',
      fiscalYearEnd: 'last',
      week53: 3,
      fiscalYearNamedBy: 'start',
      priceRounding: 'total',
      organisationStage: [{ stage: 2, from: '2023-02-01' }],
      approvalLimits: [
        { rate: 20, amount: undefined, binds: 'line' },
        { rate: undefined, amount: 25000, binds: 'deal' },
      ],
      limitInclusive: false,
      holidays: ['2026-12-25', '2027-01-01'],
      minimumEffect: { discount_rate: 2, win_rate: 3, forecast_bias: 5 },
      tolerance: { percent: 0.25, amount: 1 },
      costOfCapital: 9.5,
      undatedPriceBook: 'use',
      dealTypes: { Upgrade: 'upsell' },
      roles: { 'Solutions Consultant': 'technology_manager' },
      files: [
        {
          path: 'sales*.csv',
          table: 'deal',
          where: 'stage is not null',
          distinct: true,
          dateOrder: 'mdy',
          percent: 'fraction',
          exportedAt: '2026-11-01',
          columns: {
            deal_id: { kind: 'column', column: 'id' },
            is_won: { kind: 'sql', sql: "stage = 'Won'" },
            owner_id: {
              kind: 'lookup',
              column: 'agent',
              through: [{ file: 'people.csv', key: 'name', value: 'id' }],
            },
          },
          line: 27,
        },
      ],
      fileSettings: [{ path: 'quotas*.csv', decimalMark: 'point', exportedAt: '2026-11-02' }],
      path: 'holdfast.yaml',
    });
  });

  it('may be empty: every part has a default', () => {
    expect(parseConfiguration('', 'x.yaml')).toEqual({ ...defaults, path: 'x.yaml' });
    expect(parseConfiguration('# nothing yet\n', 'x.yaml')).toEqual({ ...defaults, path: 'x.yaml' });
  });

  it.each([
    ['an unknown key', 'currency: USD\ncurency: EUR', 2, /curency/],
    ['an unknown key within', 'tolerance:\n  percent: 1\n  amout: 2', 3, /amout.*tolerance/],
    ['a currency that is none', 'currency: dollars', 1, /ISO 4217/],
    ['a zone that is none', '\n\ntime_zone: Mars/Olympus', 3, /time zone/],
    ['a month that is none', 'fiscal_year_start: 13', 1, /1 to 12/],
    ['half a month', 'fiscal_year_start: 2.5', 1, /whole number/],
    ['a calendar that is none', 'calendar: 4-4-4', 1, /4-4-5/],
    ['an order of dates that is none', 'currency: USD\ndate_order: ydm', 2, /dmy, mdy, ymd/],
    ['a sign for no currency', 'currency_signs: { $: dollars }', 1, /ISO 4217/],
    ['an unknown key for a known file', 'files:\n  - path: x\n    date_ordr: dmy', 3, /date_ordr/],
    ['text where a number belongs', 'tolerance: { percent: little }', 1, /0 to 100/],
    ['a deal type that is none', 'deal_types:\n  Upgrade: upsell\n  Old: old', 3, /cross_sell/],
    ['a list where parts belong', 'tolerance:\n  - 1', 2, /name: value/],
    ['parts where a list belongs', 'files:\n  path: x', 2, /list/],
    ['an empty value', 'currency:\ntime_zone: UTC', 1, /text/],
    ['a holiday that is no day', 'holidays:\n  - 2026-12-25\n  - Christmas', 3, /a date like/],
    ['an approval limit without a limit', 'approval_limits:\n  - binds: line', 2, /rate or an amount/],
    ['a date that is none', 'organisation_stage: [{ stage: 1, from: soon }]', 1, /2026-11-21/],
    [
      'a table that is none',
      'files:\n  - path: x\n    table: deals\n    columns: { a: b }',
      3,
      /a table: .*deal/,
    ],
    ['a column that is none', 'files:\n  - path: x\n    table: deal\n    columns:\n      id: a', 5, /"id"/],
    [
      'a needed column left out',
      'files:\n  - path: x\n    table: deal\n    columns:\n      name: a',
      5,
      /deal_id/,
    ],
    ['a mapping without columns', 'currency: USD\nfiles:\n  - path: x\n    table: deal', 3, /columns/],
    ['no YAML', 'currency: USD\nfiles: [', 2, /YAML/],
    ['one key twice', 'currency: USD\ncurrency: EUR', 2, /YAML/],
    ['tabs for blanks', 'tolerance:\n\tpercent: 1', 2, /YAML/],
  ])('with %s is refused on its line', (_, text, line, message) => {
    const problem = problemOf(text);
    expect(problem.message).toMatch(message);
    expect(problem.place).toEqual({ file: 'holdfast.yaml', line });
    expect(problem.whatToDo).not.toBe('');
  });

  it('that is not there is a problem of its own', () => {
    expect(() => readConfiguration('/nowhere/holdfast.yaml')).toThrow(Problem);
  });
});
