import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Planted } from '../../../pipeline/demo/company.ts';
import { openWarehouse, type Warehouse } from '../../../src/lib/warehouse/warehouse.ts';
import { demoWarehouse } from '../../demoWarehouse.ts';
import { askHere } from './asking.ts';
import { plainDemo, type PlainSql } from './plainSql.ts';

type Cause = keyof Planted['billing']['causes'];

interface Found {
  line: string;
  cause: Cause;
  lost: number;
}

/** What goes wrong in the demo company's bills, found again. */
describe('what is hidden in the bills of the demo company', () => {
  let warehouse: Warehouse;
  let plain: PlainSql;
  let planted: Planted['billing'];
  let found: Found[];
  /** Lines of which no bill counts yet: none was written, or it is a draft. */
  let unbilled: Set<string>;
  beforeAll(async () => {
    const demo = await demoWarehouse();
    warehouse = await openWarehouse(demo.warehouse);
    plain = await plainDemo(demo.exports);
    planted = (JSON.parse(readFileSync(join(demo.exports, 'planted.json'), 'utf8')) as Planted).billing;
    found = await warehouse.rows<Found & Record<string, unknown>>(
      `select deal_line_id as line, cause, (-sum(difference_base))::double as lost
       from marts.fact_billing_match
       where cause in ('price', 'quantity', 'not_billed', 'late_start', 'missed_uplift', 'discount_past_end')
       group by deal_line_id, cause`,
    );
    const lines = await warehouse.rows<{ line: string }>(
      `select deal_line_id as line from marts.fact_billing_match where deal_line_id is not null
       group by deal_line_id having count(invoice_line_id) = 0`,
    );
    unbilled = new Set(lines.map(({ line }) => line));
  });
  afterAll(() => {
    warehouse?.close();
    plain?.close();
  });

  const ofCause = (cause: Cause) => found.filter((one) => one.cause === cause);
  const dollars = (rows: Found[]) => rows.reduce((sum, { lost }) => sum + lost, 0);

  test.each(['price', 'quantity', 'missed_uplift', 'discount_past_end'] as const)(
    '%s: every line, and no other',
    (cause) => {
      const lines = ofCause(cause).map(({ line }) => line);
      const told = planted.causes[cause].deal_line_ids;
      expect(told.length).toBeGreaterThan(10);
      // A fault on a bill that is a draft yet has not cost anything.
      const written = told.filter((line) => !unbilled.has(line));
      expect(written.length).toBeGreaterThanOrEqual(0.95 * told.length);
      expect(lines.sort()).toEqual(written.sort());
      const lost = Number(planted.causes[cause].under_billed_usd);
      expect(Math.abs(dollars(ofCause(cause)) - lost)).toBeLessThan(0.03 * lost);
    },
  );

  test('what was not billed, and what was billed late: every line, and no other', () => {
    const { not_billed, late_start } = planted.causes;
    const nothing = new Set(ofCause('not_billed').map(({ line }) => line));
    const late = new Set(ofCause('late_start').map(({ line }) => line));
    const wrong = [...not_billed.deal_line_ids, ...late_start.deal_line_ids];
    // All of them are found, but for what is not late by the company's own habit yet.
    const missed = wrong.filter((line) => !nothing.has(line) && !late.has(line));
    expect(missed.every((line) => unbilled.has(line))).toBe(true);
    expect(missed.length).toBeLessThanOrEqual(0.02 * wrong.length);
    expect([...nothing, ...late].filter((line) => !wrong.includes(line))).toEqual([]);
    // A late start without a bill looks like a line that is not billed at all.
    const taken = late_start.deal_line_ids.filter((line) => nothing.has(line));
    expect(taken.every((line) => unbilled.has(line))).toBe(true);
    expect(not_billed.deal_line_ids.filter((line) => late.has(line))).toEqual([]);
    expect(taken.length).toBeLessThanOrEqual(0.2 * late_start.deal_line_ids.length);
    const lost = Number(not_billed.under_billed_usd) + Number(late_start.under_billed_usd);
    const ours = dollars(ofCause('not_billed')) + dollars(ofCause('late_start'));
    expect(Math.abs(ours - lost)).toBeLessThan(0.02 * lost);
  });

  test('credits for price that nobody approved: each one, and no other', async () => {
    const credits = await warehouse.rows<{ id: string; currency: string; amount: number }>(
      `select credit_note_id as id, billed_currency as currency, credit_amount::double as amount
       from marts.fact_billing_match where cause = 'unauthorised_credit'`,
    );
    const { credit_note_ids, by_currency } = planted.unapproved_credits;
    expect(credits.map(({ id }) => id).sort()).toEqual(credit_note_ids.toSorted());
    for (const [currency, amount] of Object.entries(by_currency)) {
      const ours = credits.filter((one) => one.currency === currency);
      expect(ours.reduce((sum, one) => sum + one.amount, 0)).toBeCloseTo(Number(amount), 2);
    }
  });

  test('sold and billed come to what the exports say, to the cent', async () => {
    const sides = await warehouse.rows<{ currency: string; sold: string; billed: string }>(
      `select currency, sum(sold)::varchar as sold, sum(billed)::varchar as billed
       from (
         select currency, sold_amount as sold, 0 as billed from marts.fact_billing_match where deal_line_id is not null
         union all
         select billed_currency, 0, billed_amount from marts.fact_billing_match where credit_note_id is null and invoice_line_id is not null
       ) group by currency order by currency`,
    );
    const won = await plain.rows(
      `select currency, sum(own_net)::double as net from line where is_won group by currency order by currency`,
    );
    const bills = await plain.rows(
      `select upper(bill.currency) as currency,
         sum(line.amount::decimal(18, 2) - coalesce(line.discount_amount::decimal(18, 2), 0))::double / 100 as net
       from invoice_line_items line join invoices bill on bill.id = line.invoice
       where bill.status not in ('draft', 'void') group by 1 order by 1`,
    );
    expect(sides.map(({ currency }) => currency)).toEqual(won.map(({ currency }) => currency));
    sides.forEach(({ sold, billed, currency }, at) => {
      expect(Number(sold)).toBeCloseTo(Number(won[at]!.net), 2);
      expect(Number(billed)).toBeCloseTo(Number(bills[at]!.net), 2);
      expect(Number(billed)).toBeCloseTo(Number(planted.billed_net[currency]), 2);
    });
  });

  test('discounts past the end that their own bill names need no sale to be seen', async () => {
    const { totals } = await askHere(warehouse, 'measures=expired_discount&currency=USD');
    const [raw] = await plain.rows(
      `select sum(line.discount_amount::decimal(18, 2))::double / 100 as off
       from invoice_line_items line join invoices bill on bill.id = line.invoice
       where bill.status not in ('draft', 'void') and bill.currency = 'usd' and line.discount_end <> ''
         and line.discount_end::bigint <= line.period_start::bigint`,
    );
    expect(Number(raw!.off)).toBeGreaterThan(1000);
    expect(Number(totals.expired_discount)).toBeCloseTo(Number(raw!.off), 2);
  });

  test('the measures say the same as the rows', async () => {
    const { totals } = await askHere(
      warehouse,
      'measures=sold_due,sold_not_due,matched_amount,billed_against,under_billed,over_billed,billing_difference,matched_share,not_billed,missed_uplift',
    );
    const [rows] = await warehouse.rows<Record<string, number>>(
      `select sum(sold_amount_base) filter (cause <> 'timing') as due,
         sum(sold_amount_base) filter (cause = 'matched') as matched,
         sum(sold_amount_base) as sold, sum(billed_amount_base) as billed
       from marts.fact_billing_match`,
    );
    expect(Number(totals.sold_due) + Number(totals.sold_not_due)).toBeCloseTo(Number(rows!.sold), 2);
    expect(Number(totals.matched_share)).toBeCloseTo(Number(rows!.matched) / Number(rows!.due), 6);
    expect(Number(totals.billed_against)).toBeCloseTo(Number(rows!.billed), 2);
    expect(Number(totals.over_billed) - Number(totals.under_billed)).toBeCloseTo(
      Number(totals.billing_difference),
      2,
    );
    expect(Number(totals.not_billed)).toBeCloseTo(dollars(ofCause('not_billed')), 2);
    expect(Number(totals.missed_uplift)).toBeCloseTo(dollars(ofCause('missed_uplift')), 2);
  });
});
