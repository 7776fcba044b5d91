import { beforeAll, describe, expect, it } from 'vitest';
import { modelled, type Given, type Row } from '../../pipeline/models/modelled.fixture.ts';
import { everything } from '../../src/lib/access/scope.ts';
import { readAsking } from '../../src/lib/asking/asking.ts';
import { answer } from '../../src/lib/metrics/answer.ts';
import { parseRequest } from '../../src/lib/metrics/request.ts';
import { dealLines } from '../../src/lib/records/deal/lines.ts';
import { linePeriods } from '../../src/lib/records/deal/periods.ts';
import { quotesOf } from '../../src/lib/records/deal/quotes.ts';
import { bundleInWords, quotesInWords, splitsInWords } from '../../src/lib/records/deal/words.ts';
import { dealTeam } from '../../src/lib/records/deal/people.ts';
import { bridgeBars, change } from '../../src/lib/questions/change.ts';
import { splits } from '../../src/lib/questions/splits.ts';
import { waterfall } from '../../src/lib/questions/waterfall.ts';
import { waterfallNote } from '../../src/lib/statements/waterfall.ts';
import { Warehouse } from '../../src/lib/warehouse/warehouse.ts';

/** Quarters of 2026: the plan rate of the euro moves in July, the actual one every month. */
const rates = [1.02, 1.05, 1.07, 1.1, 1.13, 1.12, 1.09, 1.08, 1.11];
const months = rates.map((rate, at) => ({ rate, on_date: `2026-0${at + 1}-01` }));
const people = ['ann', 'bea', 'cleo'];
const currencies = ['USD', 'EUR', 'EUR', 'GBP'];

const deals = Array.from({ length: 72 }, (_, at) => ({
  deal_id: `d${at}`,
  owner_id: people[at % 3]!,
  account_id: 'acme',
  currency: currencies[at % 4]!,
  closed_on: `2026-0${(at % 9) + 1}-1${at % 7}`,
  is_closed: true,
  is_won: true,
}));
const lines = deals.map(({ deal_id }, at) => ({
  deal_line_id: `l${at}`,
  deal_id,
  list_amount: 1_000_000 + ((at * 7919) % 5000) / 7,
  net_amount: 999_700 + ((at * 104729) % 6000) / 9,
  unit_cost: 100 + at / 3,
  quantity: 1,
  price_period: at % 2 === 0 ? 'month' : 'once',
  term_months: at % 2 === 0 ? 6 + (at % 5) * 7 : null,
}));
/** Of every second deal Ann has 60% and Bea the rest, of every fourth three have a third; one does not add up. */
const team: Row[] = deals.flatMap(({ deal_id }, at) => {
  const shares: Record<string, number> =
    deal_id === 'd4'
      ? { ann: 60, bea: 60 }
      : at % 4 === 0
        ? { ann: 33.33, bea: 33.33, cleo: 33.34 }
        : { ann: 60, bea: 40 };
  if (at % 2 !== 0) return [];
  return [
    ...Object.entries(shares).map(([person_id, split_share]) => ({
      ...{ deal_id, person_id, role: 'sales', split_share },
      is_revenue_split: true,
    })),
    { deal_id, person_id: 'dan', role: 'overlay', split_share: 100, is_revenue_split: false },
  ];
});

/** An open deal, which is in no sum of what was won. */
const ramped = { deal_id: 'ramped', owner_id: 'ann', closed_on: '2026-12-01', is_closed: false };
const bundled: Row[] = [
  {
    deal_line_id: 'suite',
    deal_id: 'ramped',
    product_id: 'suite',
    price_period: 'month',
    term_months: 12,
    line: 200,
  },
  { deal_line_id: 'core', deal_id: 'ramped', product_id: 'core', list_amount: 70, net_amount: 0, line: 201 },
];

const whole = (given: Given) => modelled(given, '', undefined, { layers: ['core', 'marts'] });

let warehouse: Warehouse;
const asked = async (address: string) => readAsking(new URLSearchParams(address), warehouse);
const ask = (address: string) => answer(warehouse, parseRequest(new URLSearchParams(address)), everything);
const total = async (address: string, id: string) => Number((await ask(address)).totals[id]);
const cents = (amount: number) => Math.round(amount * 1e4) / 1e4;

beforeAll(async () => {
  const { connection } = await whole({
    deal: [...deals, ramped],
    deal_line: [...lines, ...bundled],
    product: [
      { product_id: 'suite', name: 'Suite' },
      { product_id: 'core', parent_product_id: 'suite' },
    ],
    deal_line_period: [
      {
        deal_line_id: 'suite',
        period_start: '2026-06-01',
        period_end: '2026-09-01',
        list_amount: 30,
        net_amount: 0,
      },
      {
        deal_line_id: 'suite',
        period_start: '2026-09-01',
        period_end: '2027-06-01',
        list_amount: 90,
        net_amount: 80,
      },
    ],
    quote: [
      { quote_id: 'first', deal_id: 'ramped', quoted_on: '2026-04-01' },
      { quote_id: 'second', deal_id: 'ramped', quoted_on: '2026-05-01', is_accepted: true },
    ],
    quote_line: ['first', 'second'].map((quote_id, at) => ({
      ...{
        quote_line_id: quote_id,
        quote_id,
        product_id: 'suite',
        quantity: 3,
        unit_list: 40,
        unit_net: 38 - 8 * at,
      },
    })),
    deal_team: team,
    person: [...people, 'dan'].map((person_id) => ({ person_id, name: person_id })),
    person_assignment: people.map((person_id, at) => ({ person_id, region: at < 2 ? 'West' : 'East' })),
    fx_rate: [
      ...months.map(({ rate, on_date }) => ({
        currency: 'EUR',
        rate_set: 'actual',
        on_date,
        rate_to_base: rate,
      })),
      { currency: 'EUR', rate_set: 'plan', on_date: '2026-01-01', rate_to_base: 1.04 },
      { currency: 'EUR', rate_set: 'plan', on_date: '2026-07-01', rate_to_base: 1.12 },
    ],
    rebate: [
      { account_id: 'acme', kind: 'rebate', period_start: '2026-08-01', currency: 'EUR', amount: 333.33 },
      { account_id: 'acme', kind: 'free_service', period_start: '2026-09-01', currency: 'USD', amount: 50 },
    ],
  });
  warehouse = await Warehouse.unfinished(connection);
});

describe('two rate sets', () => {
  it.each(['plan', 'actual'])(
    'are told apart by a bar of their own, exact to the cent, seen from %s',
    async (rateSet) => {
      const other = rateSet === 'plan' ? 'actual' : 'plan';
      const address = `period=2026-Q3&compare=none&rates=`;
      const { bars } = await waterfall(warehouse, await asked(address + rateSet), everything);
      const there = await waterfall(warehouse, await asked(address + other), everything);
      const bar = (id: string) => bars.find((each) => each.id === id)!.amount!;
      expect(bar('currency')).not.toBe(0);
      expect(cents(bar('margin') + bar('currency'))).toBe(cents(bar('other_rates')));
      expect(cents(bar('other_rates'))).toBe(cents(there.margin!));
      expect(bars.at(-1)!.label).toBe(rateSet === 'plan' ? 'At rates of the close' : 'At plan rates');
    },
  );

  it('are told apart in the bridge between two quarters, and its bars add up to the cent', async () => {
    for (const rateSet of ['plan', 'actual'])
      for (const split of splits.slice(0, 3)) {
        const address = `period=2026-Q3&compare=previous&rates=${rateSet}`;
        const moved = (await change(warehouse, await asked(address), split, everything))!;
        const bars = bridgeBars(moved.dollars, { before: 'Q2', now: 'Q3' }, split);
        const amount = (id: string) => bars.find((each) => each.id === id)?.amount ?? 0;
        const [before, now] = [
          await total(`measures=discount&period=2026-Q2&rates=${rateSet}`, 'discount'),
          await total(`measures=discount&period=2026-Q3&rates=${rateSet}`, 'discount'),
        ];
        const parts = bars.filter(({ kind }) => kind === 'part').reduce((sum, each) => sum + each.amount, 0);
        expect(amount('before')).toBeCloseTo(before, 6);
        expect(amount('now')).toBeCloseTo(now, 6);
        expect(before + parts).toBeCloseTo(now, 6);
        // The earlier quarter's euros at the later quarter's rate, of what was sold then.
        if (rateSet === 'plan') {
          const { rows } = await ask('measures=discount_own&by=currency&period=2026-Q2');
          const euros = Number(rows.find(({ currency }) => currency === 'EUR')!.discount_own);
          expect(amount('currency')).toBeCloseTo(euros * (1.12 - 1.04), 2);
        }
      }
  });
});

describe('what later exports changed of the quarter before', () => {
  it('is a bar of its own, and the bridge begins at what the quarter was', async () => {
    const sale = (deal_id: string, closed_on: string, exported: string): Row => ({
      ...{ deal_id, closed_on, owner_id: 'ann', is_closed: true, is_won: true, exported },
    });
    const line = (deal_id: string, net_amount: number, exported: string): Row => ({
      ...{ deal_line_id: deal_id, deal_id, unit_list: 100, net_amount, exported },
    });
    const { connection } = await whole({
      deal: [
        sale('spring', '2026-05-04', '2026-07-05'),
        sale('spring', '2026-05-04', '2026-10-05'),
        sale('late', '2026-06-04', '2026-10-05'),
        sale('summer', '2026-08-04', '2026-10-05'),
      ],
      deal_line: [
        line('spring', 80, '2026-07-05'),
        line('spring', 70, '2026-10-05'),
        line('late', 95, '2026-10-05'),
        line('summer', 60, '2026-10-05'),
      ],
    });
    const changing = await Warehouse.unfinished(connection);
    const asking = await readAsking(new URLSearchParams('period=2026-Q3&compare=previous'), changing);
    const moved = (await change(changing, asking, splits[1]!, everything))!;
    const bars = bridgeBars(moved.dollars, { before: 'Q2', now: 'Q3' }, splits[1]!);
    // 20 of 100 then; 30 of 100 and 5 of 100 as it is known now.
    expect(bars[0]).toMatchObject({ label: 'Q2 as it was', amount: 20 });
    expect(bars[1]).toMatchObject({ label: 'Restated since', amount: 15 });
    expect(bars.at(-1)).toMatchObject({ amount: 40 });
    const parts = bars.filter(({ kind }) => kind === 'part').reduce((sum, { amount }) => sum + amount, 0);
    expect(20 + parts).toBeCloseTo(40, 6);
  });
});

describe('a currency without a rate', () => {
  it('is in no figure of the reporting currency, and said with its lines and its own money', async () => {
    const pounds = deals.flatMap(({ currency }, at) => (currency === 'GBP' ? [lines[at]!] : []));
    const net = pounds.reduce((sum, { net_amount }) => sum + cents(net_amount), 0);
    const { rows } = await ask('measures=unrated_lines,unrated_net,net_amount&by=currency');
    const gbp = rows.find(({ currency }) => currency === 'GBP')!;
    expect(gbp.unrated_lines).toBe(pounds.length);
    expect(gbp.unrated_net).toBeCloseTo(net, 3);
    expect(gbp.net_amount).toBeNull();
    const note = waterfallNote(await waterfall(warehouse, await asked('period=all'), everything));
    const said = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 }).format(net);
    expect(note).toContain(`${pounds.length} lines in GBP (£${said} net) have no exchange rate on their day`);
    expect(
      await warehouse.rows('select count(*) as n from marts.fact_deal_line where currency = $gbp', {
        gbp: 'GBP',
      }),
    ).toEqual([{ n: pounds.length }]);
  });
});

describe('revenue splits', () => {
  it('credit each person by share, overlays nobody, and leave every total as it is', async () => {
    const measures = 'measures=net_amount,list_amount,discount,uplift,discount_rate,deals,lines';
    const owned = await ask(`${measures}&by=rep_name`);
    const credited = await ask(`${measures}&by=rep_name&credit=splits`);
    for (const id of ['net_amount', 'list_amount', 'discount', 'uplift'])
      expect(Number(credited.totals[id]), id).toBeCloseTo(Number(owned.totals[id]), 6);
    expect(credited.totals.deals).toBe(owned.totals.deals);
    expect(credited.totals.lines).toBe(owned.totals.lines);
    expect(credited.rows.map(({ rep_name }) => rep_name).sort()).toEqual(people);
    // Ann's part, worked out from what was written. The deal whose splits come to 120 stays with its owner.
    const rate = ({ currency, closed_on }: (typeof deals)[number]) =>
      currency === 'USD' ? 1 : currency === 'EUR' ? (closed_on < '2026-07' ? 1.04 : 1.12) : null;
    const ann = deals.reduce((sum, deal, at) => {
      const ofDeal = team.filter(
        ({ deal_id, is_revenue_split }) => deal_id === deal.deal_id && is_revenue_split,
      );
      const own = ofDeal.find(({ person_id }) => person_id === 'ann')?.split_share;
      const share =
        ofDeal.length === 0 || deal.deal_id === 'd4' ? Number(deal.owner_id === 'ann') : Number(own) / 100;
      return sum + share * cents(lines[at]!.net_amount) * (rate(deal) ?? 0);
    }, 0);
    const found = credited.rows.find(({ rep_name }) => rep_name === 'ann')!;
    expect(Number(found.net_amount)).toBeCloseTo(ann, 2);
    // Who shares in a deal brings it into their region too.
    const regions = await ask('measures=net_amount&by=region&credit=splits');
    const west = credited.rows
      .filter(({ rep_name }) => rep_name !== 'cleo')
      .reduce((sum, row) => sum + Number(row.net_amount), 0);
    expect(Number(regions.rows.find(({ region }) => region === 'West')!.net_amount)).toBeCloseTo(west, 6);
  });

  it('are refused for what is not sold line by line, by person', async () => {
    await expect(ask('measures=quota&by=rep_id&credit=splits')).rejects.toThrow(/not credited/);
    await expect(ask('measures=rebates&credit=splits')).resolves.toBeTruthy();
  });
});

describe('the whole term and a year of it', () => {
  it('are two measures; what runs for a year or less is the same in both', async () => {
    const [whole, year] = await Promise.all([
      total('measures=net_amount&currency=USD', 'net_amount'),
      total('measures=annual_net_amount&currency=USD', 'annual_net_amount'),
    ]);
    const expected = deals.reduce((sum, { currency }, at) => {
      const { net_amount, term_months: term } = lines[at]!;
      const net = cents(net_amount);
      return currency === 'USD' ? sum + (term !== null && term > 12 ? cents((net * 12) / term) : net) : sum;
    }, 0);
    expect(year).toBeCloseTo(expected, 3);
    expect(year).toBeLessThan(whole);
  });
});

describe("a deal's own page", () => {
  it('shows periods, bundles, offers and splits', async () => {
    const { lines: shown, sums } = await dealLines(warehouse, 'ramped', everything);
    expect(sums).toMatchObject({ list_amount: 120, net_amount: 80, discount: 40 });
    expect(shown.map(bundleInWords)).toEqual([
      'a bundle: its price is that of all parts',
      expect.stringMatching(/^part of .*Suite.*, which carries the price$/),
    ]);
    const periods = await linePeriods(warehouse, 'ramped', everything);
    expect(
      periods.map(({ starts_on, net_amount, discount_rate }) => [starts_on, net_amount, discount_rate]),
    ).toEqual([
      ['2026-06-01', 0, 1],
      ['2026-09-01', 80, 1 / 9],
    ]);
    const quotes = await quotesOf(warehouse, 'ramped', everything);
    expect(quotesInWords(quotes)).toBe('The first of 2 offers was at 5.0% off list, the last at 25.0%.');
    const split = async (id: string) => splitsInWords(await dealTeam(warehouse, id, everything));
    expect((await split('d2')).replace(/[\u2066-\u2069]/g, '')).toBe('Revenue is split: ann 60%, bea 40%.');
    expect(await split('d4')).toContain('That comes to 120%, so the deal is credited to its owner alone.');
    expect(await split('d1')).toBe('');
    const nobody = { kind: 'people', ids: [] } as unknown as typeof everything;
    expect(await linePeriods(warehouse, 'ramped', nobody)).toEqual([]);
    expect(await quotesOf(warehouse, 'ramped', nobody)).toEqual([]);
  });
});
