import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everything } from '../access/scope.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { billsOf } from './bills.ts';
import { customerDeals, customerYears } from './customer/deals.ts';
import { customerRoles, customerSpans } from './customer/facts.ts';
import {
  findingOf as customerFinding,
  ownersOn,
  standfirstOf as customerStandfirst,
} from './customer/words.ts';
import { dealFacts } from './deal/facts.ts';
import { dealLines } from './deal/lines.ts';
import { priceExceptions } from './deal/people.ts';
import { priceSteps } from './deal/priceSteps.ts';
import { conversionInWords, findingOf, standfirstOf } from './deal/words.ts';
import { absent } from './loaded.ts';
import { deals, files, openCompany, sumsOf } from '../../../tests/smallCompany.ts';
import type { Sourced } from './sourced.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  ({ warehouse } = await openCompany());
});
afterAll(() => warehouse?.close());

/** The text in the exports at the place that a record says it was read from. */
const written = ({ source_file, source_line }: Sourced) =>
  files[source_file!]!.split('\n')[source_line! - 1]!;

describe('a deal', () => {
  it.each(deals.slice(0, 24).map((deal) => [deal.deal_id, deal] as const))(
    'adds up from list to net: %s',
    async (id, deal) => {
      const { sums } = await priceSteps(warehouse, id, everything);
      const expected = sumsOf(deal.lines);
      expect(sums.net_amount).toBe(expected.net_amount);
      expect(sums.list_amount ?? 0).toBe(expected.list_amount);
      const left =
        (sums.list_amount ?? 0) - (sums.discount ?? 0) + (sums.uplift ?? 0) + (sums.unpriced_net ?? 0);
      expect(left).toBeCloseTo(expected.net_amount, 4);
    },
  );

  it('names the file and line of the deal and of each line', async () => {
    for (const { deal_id, lines } of deals.slice(0, 12)) {
      const facts = (await dealFacts(warehouse, deal_id, everything))!;
      expect(written(facts)).toContain(`"${deal_id}"`);
      const found = await dealLines(warehouse, deal_id, everything);
      expect(found.lines.map((line) => line.deal_line_id)).toEqual(lines.map((line) => line.deal_line_id));
      for (const line of found.lines) expect(written(line)).toContain(`"${line.deal_line_id}"`);
    }
  });

  it('says who allowed its price, and what was billed and credited', async () => {
    const [exception] = await priceExceptions(warehouse, 'D1', everything);
    expect(exception).toMatchObject({
      requested_by: 'Rep P2',
      approver: 'Rep P1',
      requested_rate: 24,
      approved_rate: 20,
    });
    const bills = await billsOf(warehouse, 'deal', 'D5', everything);
    expect(bills.lines.map(({ net_amount, discount_amount }) => [net_amount, discount_amount])).toEqual([
      [90, 10],
    ]);
    expect(bills.credits.map(({ amount }) => amount)).toEqual([5]);
    expect(written(bills.lines[0]!)).toContain('"IL1"');
    expect((await billsOf(warehouse, 'deal', 'D1', everything)).credits).toEqual([]);
  });

  it('is nothing where there is none, and its name is no pattern', async () => {
    expect(await dealFacts(warehouse, "D1' or '1'='1", everything)).toBeNull();
    expect(await dealFacts(warehouse, 'D%', everything)).toBeNull();
  });

  it('is told in words', async () => {
    const deal = (await dealFacts(warehouse, 'D1', everything))!;
    const { sums } = await priceSteps(warehouse, 'D1', everything);
    const { discount, list_amount } = sumsOf(deals[1]!.lines);
    const [off, list] = [discount, list_amount].map((sum) => `$${Math.round(sum)}`);
    expect(findingOf(deal, sums, 'USD')).toBe(
      `Deal 1: ${off} off ${list} of list, ${((100 * discount) / list_amount).toFixed(1)}%.`,
    );
    expect(standfirstOf(deal)).toBe(
      'Won on 11 Jan 2024 by Rep P2, Jürgen & Söhne, 24 days after it was opened.',
    );
    const none = { list_amount: null, discount: null, uplift: null, net_amount: 12 };
    expect(findingOf(deal, none, 'USD')).toBe('Deal 1: $12; its list price is not known.');
  });
});

describe('a deal in another currency', () => {
  const sums = { currencies: 1, list_amount: 1, net_amount: 1, discount: 0, discount_rate: 0, uplift: 0 };
  it.each([
    [{ ...sums, currency: 'EUR', base_rate: 1.09 }, ' The deal is in EUR, shown here in USD at 1.0900.'],
    [
      { ...sums, currency: 'EUR', base_rate: null },
      ' There is no rate from EUR on its day, so nothing adds up here.',
    ],
    [{ ...sums, currency: 'USD', base_rate: 1 }, ''],
    [null, ''],
  ])('says by which rate it is shown: %j', (found, words) => {
    expect(conversionInWords(found, 'USD')).toBe(words);
  });
});

describe('a customer', () => {
  it('comes to the same by year as all its won deals', async () => {
    const own = deals.filter(({ account_id, is_won }) => account_id === 'A2' && is_won);
    const { years, totals } = await customerYears(warehouse, 'A2', everything);
    const { unpriced_net: _, ...expected } = sumsOf(own.flatMap(({ lines }) => lines));
    expect(totals).toMatchObject(expected);
    for (const year of years) {
      const within = own.filter(({ closed_on }) => closed_on.startsWith(String(year.fiscal_year)));
      expect(year.deals).toBe(within.length);
      expect(year.discount).toBe(sumsOf(within.flatMap(({ lines }) => lines)).discount);
    }
  });

  it('counts its deals by what became of them, the latest first', async () => {
    const own = deals.filter(({ account_id }) => account_id === 'A4');
    const found = await customerDeals(warehouse, 'A4', everything);
    expect([found.won, found.lost, found.open]).toEqual([0, 0, own.length]);
    expect(found.deals.map(({ deal_id }) => deal_id)).toEqual(own.map(({ deal_id }) => deal_id).toReversed());
  });

  it('is told in words, with its owner of the day', async () => {
    const roles = await customerRoles(warehouse, 'A2', everything);
    expect(ownersOn(roles, '2024-05-31')).toEqual(['Rep P1']);
    expect(ownersOn(roles, '2024-06-01')).toEqual(['Rep P2']);
    expect(ownersOn(roles, '2022-12-31')).toEqual([]);
    const [years, found] = [
      await customerYears(warehouse, 'A2', everything),
      await customerDeals(warehouse, 'A2', everything),
    ];
    expect(customerFinding('Jürgen', found, years, 'USD')).toMatch(
      /^Jürgen: 33 deals won, \$[\d,]+ of discount, [\d.]+% of list\.$/,
    );
    expect(customerStandfirst(found, years, roles, '2025-01-01')).toMatch(/Rep P2 owns it\.$/);
  });

  it('is known from its deals alone, and unknown where nobody knows of it', async () => {
    expect((await customerSpans(warehouse, 'A/1, ?', everything))[0]).toMatchObject({
      name: '<script>alert(1)</script>',
    });
    expect(await customerSpans(warehouse, 'nobody', everything)).toEqual([]);
  });
});

describe('what is missing', () => {
  it('is said with what it would show', async () => {
    expect(await absent(warehouse, 'deal_team', 'Deal teams')).toEqual({
      what: 'Deal teams are not loaded.',
      unlocks: 'They would show who sold with whom; revenue splits.',
    });
    expect(await absent(warehouse, 'price_exception', 'Price exceptions')).toBeNull();
  });
});
