import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAsking } from '../asking/asking.ts';
import { answer } from '../metrics/answer.ts';
import { everything, parseRequest } from '../metrics/request.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { dealList, PAGE_SIZE, readOrder, readPage, type Order } from './dealList.ts';
import { deals, openCompany, sumsOf, type Deal, type Line } from '../../../tests/smallCompany.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  ({ warehouse } = await openCompany());
});
afterAll(() => warehouse?.close());

const byDiscount: Order = { column: 'discount', descending: true };

async function listed(query: string, page = 1, order = byDiscount) {
  const asking = await readAsking(new URLSearchParams(query), warehouse);
  return dealList(warehouse, asking, order, page, everything);
}

const won = (deal: Deal) => deal.is_won;

/** What a query should list: which deals, and which of their lines count. */
const cases: [query: string, deal: (deal: Deal) => boolean, line: (line: Line) => boolean][] = [
  ['period=all', won, () => true],
  ['period=all&is_won=false', (deal) => !deal.is_won, () => true],
  ['period=all&is_closed=false', (deal) => !deal.is_closed, () => true],
  ['period=all&is_closed=true', (deal) => deal.is_closed, () => true],
  ['period=all&product_name=Yarrow', won, ({ product_id }) => product_id === 'Y'],
  ['period=all&product_id=X\\,1', won, ({ product_id }) => product_id === 'X,1'],
  ['period=all&product_family=Core', won, ({ product_id }) => product_id !== 'Z'],
  ['period=all&discount_kind=volume', won, ({ discount_kind }) => discount_kind === 'volume'],
  ['period=all&deal_type=renewal', won, ({ deal_type }) => deal_type === 'renewal'],
  ['period=all&account_id=A/1\\, ?', (deal) => won(deal) && deal.account_id === 'A/1, ?', () => true],
  [
    'period=2024-Q2',
    (deal) => won(deal) && deal.closed_on >= '2024-04-01' && deal.closed_on < '2024-07-01',
    () => true,
  ],
  ['period=all&region=South', (deal) => won(deal) && deal.owner_id === 'P3', () => true],
];

describe('the list of deals', () => {
  it.each(cases)('lists each deal of %s once, over all pages', async (query, isAsked, counts) => {
    const expected = deals.filter((deal) => isAsked(deal) && deal.lines.some(counts));
    const first = await listed(query);
    const rest = await Promise.all(Array.from({ length: first.pages - 1 }, (_, at) => listed(query, at + 2)));
    const found = [first, ...rest].flatMap((part) => part.deals);
    expect(found.map(({ deal_id }) => deal_id).toSorted()).toEqual(
      expected.map(({ deal_id }) => deal_id).toSorted(),
    );
    expect(first.count).toBe(expected.length);
    expect(first.pages).toBe(Math.max(1, Math.ceil(expected.length / PAGE_SIZE)));
    expect(found.map(({ discount }) => discount ?? -1)).toEqual(
      found.map(({ discount }) => discount ?? -1).toSorted((a, b) => b - a),
    );
  });

  it.each(cases)('shows sums of %s that are those of the lines written', async (query, isAsked, counts) => {
    const lines = deals.filter(isAsked).flatMap((deal) => deal.lines.filter(counts));
    const { unpriced_net: _, ...expected } = sumsOf(lines);
    const part = await listed(query);
    expect(part.totals).toMatchObject(expected);
    for (const deal of part.deals) {
      const own = lines.filter(({ deal_id }) => deal_id === deal.deal_id);
      expect(deal.net_amount).toBe(sumsOf(own).net_amount);
      expect(deal.discount ?? 0).toBe(sumsOf(own).discount);
    }
  });

  it('has the total that the figure it was opened from shows', async () => {
    const { rows } = await answer(
      warehouse,
      parseRequest(new URLSearchParams('measures=discount&by=discount_band&period=2024')),
      everything,
    );
    expect(rows.length).toBeGreaterThan(4);
    for (const { discount_band: band, discount } of rows) {
      const search = new URLSearchParams({ period: '2024', discount_band: String(band ?? '') });
      expect((await listed(String(search))).totals.discount).toBe(discount);
    }
  });

  it.each(['deal_name', 'account_name', 'rep_name', 'closed_on'] as const)('sorts by %s', async (column) => {
    const { deals: rows } = await listed('period=all', 1, { column, descending: false });
    const values = rows.map((row) => row[column]!);
    expect(values).toEqual(values.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
  });

  it('shows its last page for a page beyond', async () => {
    const last = await listed('period=all', 99);
    expect(last.page).toBe(last.pages);
    expect(last.deals).toHaveLength(last.count % PAGE_SIZE);
  });

  it('refuses pages and columns that there are none of', () => {
    expect(readPage(null)).toBe(1);
    for (const text of ['0', '-1', '1.5', 'x', '']) expect(() => readPage(text)).toThrow('page');
    expect(readOrder('-list_amount', byDiscount)).toEqual({ column: 'list_amount', descending: true });
    for (const text of ['', 'deal_id; drop', '__proto__'])
      expect(() => readOrder(text, byDiscount)).toThrow('column');
  });
});
