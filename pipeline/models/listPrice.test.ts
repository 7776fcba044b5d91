import { describe, expect, it } from 'vitest';
import { modelled, type Given, type Row } from './modelled.fixture.ts';

const deal: Row = { deal_id: 'd', closed_on: '2026-05-10', is_closed: true, is_won: true };
const line: Row = { deal_line_id: 'l', deal_id: 'd', product_id: 'p', quantity: 2, net_amount: 150 };
const price: Row = { product_id: 'p', unit_list: 90 };

/** List amount and its source of the line `l`. */
async function listOf(given: Given, settings = '') {
  const { rows } = await modelled({ deal: [deal], ...given }, settings);
  const [found] = await rows(
    `select unit_list::double as unit, list_amount::double as list, discount::double as discount,
       uplift::double as uplift, list_source as source from marts.fact_deal_line where deal_line_id = 'l'`,
  );
  return found;
}

describe('the list price of a line', () => {
  it("is the line's own where it was seen by the close, before any price book", async () => {
    const seen = { ...line, unit_list: 100, exported: '2026-05-10' };
    const dated = { ...price, valid_from: '2026-01-01' };
    expect(await listOf({ deal_line: [seen], list_price: [dated, price] })).toEqual({
      unit: 100,
      list: 200,
      discount: 50,
      uplift: 0,
      source: 'line',
    });
  });

  it("stays what it was when first seen, though today's export shows another", async () => {
    const first = { ...line, unit_list: 100, exported: '2026-05-01' };
    const raised = { ...line, unit_list: 140, exported: '2026-09-01' };
    expect(await listOf({ deal_line: [raised, first] })).toMatchObject({ unit: 100, source: 'line' });
  });

  it('counts as seen when its price was, not when the line was', async () => {
    const bare = { ...line, exported: '2026-05-01' };
    const priced = { ...line, unit_list: 140, exported: '2026-09-01' };
    expect(await listOf({ deal_line: [bare, priced] })).toMatchObject({
      unit: 140,
      source: 'line, seen after the close',
    });
  });

  it('is the dated price of the day of the close where the line was first seen later', async () => {
    const late = { ...line, unit_list: 140 };
    const spring = { ...price, unit_list: 95, valid_from: '2026-02-01', valid_to: '2026-05-10' };
    const may = { ...price, unit_list: 97, valid_from: '2026-05-10', valid_to: '2026-07-01' };
    const found = await listOf({ deal_line: [late], list_price: [spring, may, price] });
    expect(found).toMatchObject({ unit: 97, list: 194, discount: 44, source: 'dated price book' });
  });

  it("is the line's own seen after the close where no dated price says more", async () => {
    const found = await listOf({ deal_line: [{ ...line, unit_list: 70 }], list_price: [price] });
    expect(found).toMatchObject({ unit: 70, uplift: 10, discount: 0, source: 'line, seen after the close' });
  });

  it('is the undated price only where no line of the load has a list of its own', async () => {
    const other = { ...line, deal_line_id: 'other', unit_list: 80 };
    const alone = await listOf({ deal_line: [line], list_price: [price] });
    expect(alone).toMatchObject({ unit: 90, list: 180, source: 'undated price book' });
    const beside = await listOf({ deal_line: [line, other], list_price: [price] });
    expect(beside).toMatchObject({ list: null, discount: null, uplift: null, source: null });
  });

  it.each([
    ['use', 180],
    ['ignore', null],
  ])('follows undated_price_book: %s', async (setting, list) => {
    const other = { ...line, deal_line_id: 'other', unit_list: 80 };
    const given = { deal_line: setting === 'use' ? [line, other] : [line], list_price: [price] };
    expect(await listOf(given, `undated_price_book: ${setting}`)).toMatchObject({ list });
  });

  it("is today's undated price for a deal that is still open", async () => {
    const open = { ...deal, is_closed: false, is_won: null };
    const other = { ...line, deal_line_id: 'other', unit_list: 80 };
    const { rows } = await modelled({ deal: [open], deal_line: [line, other], list_price: [price] });
    const found = await rows(`select list_source from marts.fact_deal_line where deal_line_id = 'l'`);
    expect(found).toEqual([{ list_source: 'undated price book' }]);
  });

  it("is today's for an open deal, whenever it is expected to close and though no date is known", async () => {
    const now = { ...price, unit_list: 90, valid_from: '2026-01-01', valid_to: '2027-01-01' };
    const raised = { ...price, unit_list: 120, valid_from: '2027-01-01' };
    for (const closed_on of ['2027-03-01', null]) {
      const open = { ...deal, is_closed: false, is_won: false, closed_on };
      const found = await listOf({ deal: [open], deal_line: [line], list_price: [now, raised] });
      expect(found, String(closed_on)).toMatchObject({ unit: 90, discount: 30, source: 'dated price book' });
      const own = await listOf({ deal: [open], deal_line: [{ ...line, unit_list: 80 }], list_price: [now] });
      expect(own, String(closed_on)).toMatchObject({ unit: 80, discount: 10, source: 'line' });
    }
  });

  it('counts for nothing where what was agreed is unknown: that is no sale at list', async () => {
    const found = await listOf({ deal_line: [{ ...line, net_amount: null }], list_price: [price] });
    expect(found).toMatchObject({ unit: 90, list: null, discount: null, uplift: null });
  });

  it('is unknown where nothing says it, and where it is zero', async () => {
    const nothing = { list: null, discount: null, uplift: null, source: null };
    expect(await listOf({ deal_line: [line] })).toMatchObject(nothing);
    expect(await listOf({ deal_line: [{ ...line, unit_list: 0 }] })).toMatchObject(nothing);
  });

  it("comes from the deal's own book and currency, or from the only book there is", async () => {
    const partner = { ...price, price_book: 'partner', unit_list: 60, valid_from: '2026-01-01' };
    const direct = { ...price, price_book: 'direct', unit_list: 88, valid_from: '2026-01-01' };
    const euros = { ...direct, currency: 'EUR', unit_list: 11 };
    const book = (price_book: string | null, list_price: Row[]) =>
      listOf({ deal: [{ ...deal, price_book }], deal_line: [line], list_price });
    expect(await book('direct', [partner, direct, euros])).toMatchObject({ unit: 88 });
    expect(await book('other', [partner, direct])).toMatchObject({ unit: null });
    expect(await book(null, [partner, euros])).toMatchObject({ unit: 60 });
  });
});

describe('the amounts of a line', () => {
  it('run over the term where a price is by the month or the year', async () => {
    const priced = (cells: Row) =>
      listOf({ deal_line: [{ ...line, unit_list: 10, net_amount: 600, ...cells }] });
    const full = { unit: 10, list: 720, discount: 120 };
    expect(await priced({ price_period: 'month', term_months: 36 })).toMatchObject(full);
    expect(await priced({ price_period: 'year', term_months: 36 })).toMatchObject({ list: 60, uplift: 540 });
    expect(await priced({ price_period: 'month' })).toMatchObject({ list: null });
  });

  it('take the list amount as the export gives it before unit price times quantity', async () => {
    const found = await listOf({ deal_line: [{ ...line, unit_list: 10, list_amount: 199.99 }] });
    expect(found).toMatchObject({ list: 199.99, discount: 49.99 });
  });

  it('work net out of unit price or discount percent where it is not given', async () => {
    const net = async (cells: Row) => {
      const given = { deal: [deal], deal_line: [{ ...line, net_amount: null, unit_list: 10, ...cells }] };
      const { rows } = await modelled(given);
      return (await rows('select net_amount from marts.fact_deal_line'))[0]?.net_amount;
    };
    expect(await net({ unit_net: 7.125 })).toBe('14.2500');
    expect(await net({ discount_percent: 12.5 })).toBe('17.5000');
    expect(await net({})).toBeNull();
  });

  it('make one line without list of a deal that has no lines', async () => {
    const { rows } = await modelled({ deal: [{ ...deal, amount: 500 }], list_price: [price] });
    const found = await rows('select net_amount, list_amount, discount from marts.fact_deal_line');
    expect(found).toEqual([{ net_amount: '500.0000', list_amount: null, discount: null }]);
  });
});
