import type { Json } from '@duckdb/node-api';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { modelled, type Given, type Row } from './modelled.fixture.ts';

const deal = (deal_id: string, more: Row = {}): Row => ({
  deal_id,
  closed_on: '2026-05-10',
  is_closed: true,
  is_won: true,
  ...more,
});

/** What a line, or all of a deal's, came to; null where not known. */
async function amountsOf(given: Given, settings = ''): Promise<Record<string, Record<string, Json>>> {
  const { rows } = await modelled(given, settings);
  const found = await rows(
    `select deal_line_id as id, sum(list_amount)::double as list, sum(net_amount)::double as net, sum(discount)::double as discount,
       sum(uplift)::double as uplift, sum(net_amount) filter (list_amount is null)::double as unpriced
     from marts.fact_deal_line group by all`,
  );
  return Object.fromEntries(found.map(({ id, ...amounts }) => [id, amounts]));
}

const priced = (list: number, net: number) => ({
  list,
  net,
  discount: Math.max(list - net, 0),
  uplift: Math.max(net - list, 0),
  unpriced: null,
});
const unpriced = (net: number) => ({ list: null, net, discount: null, uplift: null, unpriced: net });

describe('the money of a line', () => {
  const line = (deal_line_id: string, more: Row): Row => ({
    deal_line_id,
    deal_id: 'd',
    quantity: 2,
    ...more,
  });
  const period = (
    deal_line_id: string,
    period_start: string,
    list_amount: number | null,
    net_amount: number,
  ) => ({
    deal_line_id,
    period_start,
    list_amount,
    net_amount,
  });

  it('is summed period by period, over whole and broken terms, and no discount is set off against an uplift', async () => {
    const monthly = { price_period: 'month', unit_list: 10 };
    const found = await amountsOf({
      deal: [deal('d')],
      deal_line: [
        line('ramp in price', { ...monthly, term_months: 24 }),
        line('free months', { ...monthly, term_months: 12, net_amount: 180 }),
        line('ramp in quantity', { ...monthly, term_months: 24 }),
        line('says its own', { ...monthly, term_months: 24, list_amount: 500, net_amount: 400 }),
        line('one period without list', { ...monthly, term_months: 24 }),
        line('broken months', { ...monthly, term_months: 7.5, unit_net: 8 }),
        line('months of a year', {
          price_period: 'year',
          unit_list: 120000,
          term_months: 7,
          unit_net: 100000,
        }),
        line('given away', { unit_list: 50, net_amount: 0 }),
        line('above list', { unit_list: 50, net_amount: 130 }),
        line('list of nothing', { unit_list: 0, net_amount: 70 }),
        line('no list', { net_amount: 60 }),
        line('credit', { net_amount: -25 }),
        line('taken back', { quantity: -2, unit_list: 50, net_amount: -80 }),
        line('more than all of it', { unit_list: 50, net_amount: -10 }),
      ],
      deal_line_period: [
        period('ramp in price', '2026-06-01', 240, 120),
        period('ramp in price', '2027-06-01', 240, 216),
        period('free months', '2026-06-01', 60, 0),
        period('free months', '2026-09-01', 180, 180),
        period('ramp in quantity', '2026-06-01', 240, 240),
        period('ramp in quantity', '2027-06-01', 480, 400),
        period('says its own', '2026-06-01', 1, 1),
        period('one period without list', '2026-06-01', null, 200),
        period('one period without list', '2027-06-01', 240, 200),
      ],
    });
    expect(found).toEqual({
      'ramp in price': priced(480, 336),
      'free months': priced(240, 180),
      'ramp in quantity': priced(720, 640),
      'says its own': priced(500, 400),
      // Not known period by period: price by the month over the term.
      'one period without list': priced(480, 400),
      'broken months': priced(150, 120),
      // 120,000 × 2 × 7 ÷ 12, with no cent lost to twelfths.
      'months of a year': { list: 140000, net: 116666.6667, discount: 23333.3333, uplift: 0, unpriced: null },
      'given away': priced(100, 0),
      'above list': priced(100, 130),
      'list of nothing': unpriced(70),
      'no list': unpriced(60),
      credit: unpriced(-25),
      'taken back': unpriced(-80),
      'more than all of it': priced(100, -10),
    });
  });

  it('is what the source would round it to, line by line or in total, where it does not say what it is', async () => {
    const given: Given = {
      deal: [deal('d'), deal('yen', { currency: 'JPY' }), deal('told')],
      deal_line: [
        line('a', { unit_list: 19.99, quantity: 3, discount_percent: 12.5 }),
        line('b', { unit_list: 0.333, quantity: 5, unit_net: 0.2011 }),
        line('y', { deal_id: 'yen', unit_list: 100.5, quantity: 3, unit_net: 90.5 }),
        line('t', { deal_id: 'told', unit_list: 0.333, quantity: 5, net_amount: 1.2345 }),
      ],
    };
    const nets = async (settings: string) => {
      const found = await amountsOf(given, settings);
      return Object.fromEntries(
        Object.entries(found).map(([id, amounts]) => [id, [amounts.list, amounts.net]]),
      );
    };
    const told = { t: [1.665, 1.2345] };
    // 59.97 less 12.5% is 52.47375; 0.2011 five times is 1.0055.
    expect(await nets('')).toEqual({ a: [59.97, 52.4738], b: [1.665, 1.0055], y: [301.5, 271.5], ...told });
    expect(await nets('price_rounding: line')).toEqual({
      a: [59.97, 52.47],
      b: [1.67, 1.01],
      y: [302, 272],
      t: [1.67, 1.2345],
    });
    // 53.4793 in all is 53.48: the largest line takes the rest.
    expect(await nets('price_rounding: total')).toEqual({
      a: [59.97, 52.4745],
      b: [1.665, 1.0055],
      y: [301.5, 272],
      ...told,
    });
  });
});

describe('a bundle', () => {
  const product: Row[] = [
    { product_id: 'suite' },
    { product_id: 'core', parent_product_id: 'suite' },
    { product_id: 'mobile', parent_product_id: 'suite' },
    { product_id: 'chips', parent_product_id: 'core' },
  ];
  type Money = [list: number | null, net: number | null];
  const lines = (deal_id: string, money: Record<string, Money>): Row[] =>
    Object.entries(money).map(([product_id, [list_amount, net_amount]]) => ({
      deal_line_id: `${deal_id}: ${product_id}`,
      deal_id,
      product_id,
      list_amount,
      net_amount,
    }));
  const cases: Record<string, Record<string, Money>> = {
    'priced on the parent': { suite: [110, 90], core: [70, 0], mobile: [40, 0] },
    'priced on the parts': { suite: [110, 0], core: [70, 50], mobile: [40, 40] },
    'told twice': { suite: [110, 90], core: [70, 50], mobile: [40, 40] },
    'list on the parts, net on the parent': { suite: [null, 90], core: [70, 0], mobile: [40, null] },
    'list on the parent, net on the parts': { suite: [110, null], core: [null, 50], mobile: [null, 40] },
    'told twice, list on the parent': { suite: [110, 90], core: [0, 50], mobile: [0, 40] },
    'a bundle within': { suite: [110, 90], core: [70, 50], mobile: [40, 40], chips: [70, 50] },
  };
  const others: Record<string, Record<string, Money>> = {
    'each sold at its own price': { suite: [110, 90], core: [70, 60] },
    'the same price by chance': { suite: [110, 90], core: [110, 90] },
    'parts without their parent': { core: [70, 0], mobile: [40, 40] },
    'all given away': { suite: [110, 0], core: [70, 0], mobile: [40, 0] },
  };

  it('counts list and net once, wherever they are written', async () => {
    const all = { ...cases, ...others };
    const given: Given = {
      product,
      deal: Object.keys(all).map((id) =>
        deal(id, { amount: id.includes('chance') ? 180 : id.includes('each') ? 150 : 90 }),
      ),
      deal_line: Object.entries(all).flatMap(([id, money]) => lines(id, money)),
    };
    const built = await modelled(given);
    const found = await built.rows(
      `select deal_id, sum(list_amount)::double as list, sum(net_amount)::double as net, sum(discount)::double as discount
       from marts.fact_deal_line group by all`,
    );
    const by = Object.fromEntries(found.map(({ deal_id, ...amounts }) => [deal_id, amounts]));
    const once = { list: 110, net: 90, discount: 20 };
    expect(by).toEqual({
      ...Object.fromEntries(Object.keys(cases).map((id) => [id, once])),
      'each sold at its own price': { list: 180, net: 150, discount: 30 },
      // The deal's amount holds both.
      'the same price by chance': { list: 220, net: 180, discount: 40 },
      'parts without their parent': { list: 110, net: 40, discount: 70 },
      'all given away': { list: 110, net: 0, discount: 110 },
    });
    const shared = await built.rows(
      `select product_id, list_amount::double as list, list_source from marts.fact_deal_line
       where deal_id = 'list on the parent, net on the parts' order by product_id`,
    );
    expect(shared).toEqual([
      { product_id: 'core', list: 61.1111, list_source: 'line, seen after the close' },
      { product_id: 'mobile', list: 48.8889, list_source: 'line, seen after the close' },
      { product_id: 'suite', list: null, list_source: null },
    ]);
    const wrong = await built.rows(
      'select * from marts.fact_deal_line where list_amount - discount + uplift is distinct from net_amount and list_amount is not null',
    );
    expect(wrong).toEqual([]);
  });

  it('comes to the same however the same money is written', async () => {
    const cents = fc.integer({ min: 1, max: 5_000_000 }).map((amount) => amount / 100);
    const sale = fc.record({
      list: fc.tuple(cents, cents),
      net: fc.tuple(cents, cents),
      quantity: fc.integer({ min: 2, max: 40 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(sale, { minLength: 30, maxLength: 30 }), async (sales) => {
        const round = (amount: number) => Math.round(amount * 100) / 100;
        const given: Given = { product, deal: [], deal_line: [], deal_line_period: [] };
        const add = (id: string, rows: Row[], periods: Row[] = []) => {
          given.deal!.push(deal(id));
          given.deal_line!.push(
            ...rows.map((row, at) => ({ deal_line_id: `${id}/${at}`, deal_id: id, ...row })),
          );
          given.deal_line_period!.push(...periods.map((row) => ({ deal_line_id: `${id}/0`, ...row })));
        };
        sales.forEach(({ list: [first, second], net: [a, b] }, at) => {
          const [list_amount, net_amount] = [round(first + second), round(a + b)];
          const [one, other] = [
            { period_start: '2026-06-01', list_amount: first, net_amount: a },
            { period_start: '2027-06-01', list_amount: second, net_amount: b },
          ];
          const [core, mobile] = [{ product_id: 'core' }, { product_id: 'mobile' }];
          add(`${at} flat`, [{ list_amount, net_amount, price_period: 'month', term_months: 24 }]);
          add(`${at} ramp`, [{ price_period: 'month', term_months: 24 }], [one, other]);
          add(`${at} parent`, [
            { product_id: 'suite', list_amount, net_amount },
            { ...core, list_amount: first, net_amount: 0 },
            { ...mobile, list_amount: second },
          ]);
          add(`${at} twice`, [
            { product_id: 'suite', list_amount, net_amount },
            { ...core, list_amount: first, net_amount: a },
            { ...mobile, list_amount: second, net_amount: b },
          ]);
          add(`${at} shared`, [
            { product_id: 'suite', list_amount },
            { ...core, net_amount: a },
            { ...mobile, net_amount: b },
          ]);
          add(`${at} apart`, [
            { list_amount: first, net_amount: a },
            { list_amount: second, net_amount: b },
          ]);
        });
        const { rows } = await modelled(given);
        const found = await rows(
          `select split_part(deal_id, ' ', 1)::integer as sale, split_part(deal_id, ' ', 2) as way,
             sum(list_amount)::varchar as list, sum(net_amount)::varchar as net, (sum(uplift) - sum(discount))::varchar as beyond
           from marts.fact_deal_line group by all`,
        );
        const money = (amount: number) => amount.toFixed(4);
        for (const { sale, way, list, net, beyond } of found) {
          const { list: lists, net: nets } = sales[Number(sale)]!;
          const [whole, sold] = [round(lists[0] + lists[1]), round(nets[0] + nets[1])];
          expect([way, list, net, beyond]).toEqual([
            way,
            money(whole),
            money(sold),
            money(round(sold - whole)),
          ]);
        }
        expect(found).toHaveLength(sales.length * 6);
      }),
      { numRuns: 2 },
    );
  });
});
