import { describe, expect, it } from 'vitest';
import { withBudget, type Budget } from '../questions/budget.ts';
import type { ExpenseToBookings } from '../questions/motions/expense.ts';
import type { Leverage } from '../questions/profit/leverage.ts';
import { whyNoCost, type Waterfall, type WaterfallBar } from '../questions/waterfall.ts';
import { budgetInWords, budgetTable } from './budget.ts';
import { leverageInWords, leverageNote, leverageTable, loadedInWords } from './profit.ts';
import { waterfallInWords, waterfallNote, waterfallTable } from './waterfall.ts';

const bar = (id: string, amount: number, coverage: number | null = null): WaterfallBar => ({
  ...{ id, label: id, amount, coverage, kind: 'step', alarm: false },
});
const steps = (more: Partial<Waterfall> = {}) =>
  ({
    basis: 'booked',
    bars: [
      bar('list_amount', 1000),
      bar('discretionary', -200),
      bar('terms_cost', -10, 0.8),
      bar('pocket', 790),
    ],
    absent: ['rebates are not loaded'],
    partial: ['late payments are known for 80%: those on bills that are due and paid'],
    listCoverage: 0.9,
    unrated: [],
    ...{ list: 1000, discount: 200, invoice: 800, pocket: 790, margin: 500, costOfCapital: 8 },
    ...more,
  }) as unknown as Waterfall;

describe('what is left of a dollar of list, in words', () => {
  it('says a margin with a part unknown as the most it can be', () => {
    expect(waterfallInWords(steps(), 'USD')).toBe(
      'Of $1,000 of list, $200 went as discount on the invoice and $10 that never shows on it. Unit cost leaves at most $500 of margin, 50% of list.',
    );
    const whole = steps({ absent: [], bars: [bar('list_amount', 1000)] });
    expect(waterfallInWords(whole, 'USD')).toContain('leaves $500 of margin');
    expect(waterfallInWords(steps({ basis: 'billed', list: 0 }), 'USD')).toBe(
      '$800 was billed; how much was given away is not known without list prices.',
    );
  });

  it('names the rate that terms are priced by, and what is absent', () => {
    const note = waterfallNote(steps());
    expect(note).toContain('Money that is paid late costs 8.0% a year (cost_of_capital).');
    expect(note).toContain('Not drawn: rebates are not loaded.');
  });

  it('tells a cost that nothing asked about has from one that is not loaded', () => {
    expect(whyNoCost('billed', true, 3)).toBe('unit cost is on no bill');
    expect(whyNoCost('booked', false, 3)).toBe('unit cost is not loaded');
    expect(whyNoCost('booked', true, 0)).toBe('there is no unit cost: nothing here was won');
    expect(whyNoCost('booked', true, 3)).toBe('unit cost is known for nothing that was won here');
  });

  it('says of each step how much of it is known, and of sums nothing of their own', () => {
    const { rows } = waterfallTable(steps(), ({ id }) => (id === 'pocket' ? null : `/${id}`));
    expect(rows.map(({ key, href, cells }) => [key, href ?? null, cells.coverage, cells.share])).toEqual([
      ['list_amount', '/list_amount', 0.9, 1],
      ['discretionary', '/discretionary', 0.9, -0.2],
      ['terms_cost', '/terms_cost', 0.8, -0.01],
      ['pocket', null, null, 0.79],
    ]);
  });
});

describe('what price and discounts do to profit, in words', () => {
  const found = {
    ...{ months: { first: '2026-M10', last: '2027-M09', n: 12 }, isYear: true },
    ...{ periods: 4, revenue: 10_000, profit: 800, gain: 100, commission: 0.06, partners: null, kept: 94 },
    leverage: 94 / 800,
  } as Leverage;

  it('takes off what scales with price, and names what it could not', () => {
    expect(leverageInWords(found, 'USD')).toBe(
      "One percent of price is worth $100, of which $94 is left after what scales with price: 11.8% of a year's operating profit, if no sale is lost for it. Published averages are 11.1% (Marn & Rosiello 1992) and 8.0% (Marn, Roegner & Zawada 2003).",
    );
    expect(leverageNote(found)).toContain('Not taken off: rebates and channel funds: none are loaded.');
    const { rows } = leverageTable(found);
    const amount = (key: string) => Number(rows.find((row) => row.key === key)!.cells.amount);
    expect(amount('gain') + amount('commission')).toBeCloseTo(amount('kept'), 9);
  });

  it('says of how many months it speaks where a year is known in part', () => {
    const part = { ...found, isYear: false, months: { ...found.months, n: 6 } };
    expect(leverageInWords(part, 'USD')).toContain(
      '11.8% of the operating profit of the 6 months of which it is known',
    );
    expect(leverageInWords({ ...part, leverage: null }, 'USD')).toContain(
      'after what scales with price in 6',
    );
    expect(leverageNote(part)).toContain('Less than a year');
    expect(leverageNote(found)).not.toContain('Less than a year');
    expect(leverageTable(part).columns[0]!.label).toBe('Of 6 months');
  });

  it('sets nothing against a loss', () => {
    const loss = { ...found, profit: -50, leverage: null };
    expect(leverageInWords(loss, 'USD')).toContain('without an operating profit it is no share of one');
    expect(leverageTable(loss).rows.every(({ cells }) => cells.of_profit === null)).toBe(true);
  });

  it('says how many times the expense selling costs, or that kinds of discount are not told', () => {
    const year = { period: 'year', expense: 400, bookings: 900, discount: 300, plain: 0.4, loaded: 0.8 };
    const cost = {
      quarters: [{ ...year, period: '2026-Q3' }],
      year,
      departments: [{ name: 'Sales', counted: true }],
    };
    expect(loadedInWords(cost as ExpenseToBookings, 'USD')).toBe(
      'Over the four quarters to FY26 Q3 sales cost $400. With the $300 of discount that someone decided it comes to 1.75 times as much. The claim is that it “may be twice what you think it is” (Boundy).',
    );
    const untold = { ...cost, year: { ...year, discount: null } };
    expect(loadedInWords(untold as ExpenseToBookings, 'USD')).toContain('no line says what kind');
  });
});

describe('spend against budget, in words', () => {
  const found: Budget = {
    by: 'region',
    rows: [
      { id: 'West', name: 'West', budget: 100, spent: 130 },
      { id: 'East', name: 'East', budget: 200, spent: 150 },
      { id: null, name: 'no region named', budget: null, spent: 5 },
    ],
    ...{ budget: 300, spent: 285, outside: 0, isOpen: false, n: 40, coverage: 1 },
  };

  it('names who is over, and compares nothing without a budget', () => {
    expect(budgetInWords(found, 'USD')).toBe(
      'Discounts took $285 of a budget of $300, 95%. 1 of 2 regions is over: West by most, $30.',
    );
    const { rows, total } = budgetTable(found, () => '/deals');
    expect(rows.map(({ cells, alarm }) => [cells.used, cells.over, alarm ?? null])).toEqual([
      [1.3, 30, ['over']],
      [0.75, -50, null],
      [null, null, null],
    ]);
    expect(total.cells.over).toBe(-15);
  });

  it('sets what regions without a budget spend against none, unless the company has one', () => {
    const row = (fiscal_quarter: string, region: string | null) => ({ fiscal_quarter, region });
    const [west, east, none] = [row('2027-Q3', 'West'), row('2027-Q3', 'East'), row('2027-Q3', null)];
    const other = row('2027-Q2', 'West');
    expect(withBudget([west], [west, east, none, other])).toEqual({ given: [west], not: [east, none] });
    expect(withBudget([west, none], [west, east, none, other])).toEqual({
      given: [west, east, none],
      not: [],
    });
    expect(withBudget([west, row('2027-Q2', null)], [west, east, row('2027-Q2', 'East')])).toEqual({
      given: [west, row('2027-Q2', 'East')],
      not: [east],
    });
    expect(budgetInWords({ ...found, outside: 40 }, 'USD')).toMatch(
      /West by most, \$30\. Another \$40 was spent where no budget is given\.$/,
    );
  });
});
