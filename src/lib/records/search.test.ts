import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { date } from '../design/formats.ts';
import { everything } from '../access/scope.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { search } from './search.ts';
import { accounts, deals, openCompany } from '../../../tests/smallCompany.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  ({ warehouse } = await openCompany());
});
afterAll(() => warehouse?.close());

const labels = async (text: string) => (await search(warehouse, text, everything)).map(({ label }) => label);

describe('search', () => {
  it('finds reps, customers, products, deals, metrics and pages, each with the place it leads to', async () => {
    const find = async (text: string, kind: string) =>
      (await search(warehouse, text, everything)).find((hit) => hit.kind === kind)?.href;
    expect(await find('rep p2', 'rep')).toBe('/teams/reps/P2');
    expect(await find('<script>', 'customer')).toBe('/customers/A%2F1%2C%20%3F');
    expect(await find('=cmd', 'product')).toBe('/deals?product_id=X%5C%2C1&period=all');
    expect(await find('"quoted"', 'deal')).toBe('/deals/D%2F0%2C%20b');
    expect(await find('discount rate', 'metric')).toBe('/metrics#discount_rate');
    expect(await find('sources', 'page')).toBe('/data');
  });

  it('tells deals of one name apart by their customer and day', async () => {
    const { name, closed_on, account_id } = deals.find(({ deal_id }) => deal_id === 'D77')!;
    const customer = accounts.find((account) => account.account_id === account_id)!;
    const [hit] = await search(warehouse, name, everything);
    expect(hit!.detail).toBe(`${customer.name}, ${date(closed_on)}`);
  });

  it('does not mind case or accents', async () => {
    expect(await labels('jurgen & SOHNE')).toEqual(['Jürgen & Söhne']);
  });

  it('puts what begins so first, then words within, then the rest', async () => {
    const found = await labels('net');
    const ranks = found.map((label) => (/^net/i.test(label) ? 0 : / net/i.test(label) ? 1 : 2));
    expect(ranks).toEqual(ranks.toSorted());
    expect(new Set(ranks).size).toBeGreaterThan(1);
    expect((await labels('D77'))[0]).toBe('Deal 77');
  });

  it('gives twelve at most, and all twelve to the only kind there is', async () => {
    expect(await labels('Deal 1')).toHaveLength(12);
  });

  it.each(['%', '_', "'", "'; drop table x; --", '\\', '*', '\0'])(
    'takes %j as text and no pattern',
    async (text) => {
      const found = await labels(text);
      expect(found.every((label) => label.includes(text))).toBe(true);
    },
  );

  it('finds a percent sign where there is one', async () => {
    expect(await labels('100% of_')).toEqual(['100% of_it']);
  });

  it('finds nothing for nothing', async () => {
    expect(await search(warehouse, '   ', everything)).toEqual([]);
    expect(await search(warehouse, 'x'.repeat(10_000), everything)).toEqual([]);
  });
});
