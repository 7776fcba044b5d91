import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Planted } from '../../../pipeline/demo/company.ts';
import { readAsking } from '../../../src/lib/asking/asking.ts';
import { toCsv } from '../../../src/lib/download/csv.ts';
import { everything } from '../../../src/lib/metrics/request.ts';
import { chain } from '../../../src/lib/questions/leakage/chain.ts';
import { differenceList } from '../../../src/lib/questions/leakage/list.ts';
import { listFile } from '../../../src/lib/questions/leakage/listFile.ts';
import { standardOrder } from '../../../src/lib/questions/leakage/order.ts';
import { creditedUnapproved, tieOut } from '../../../src/lib/questions/leakage/tieOut.ts';
import { leakBy, leakSplits } from '../../../src/lib/questions/leakage/where.ts';
import { leakageHeadline } from '../../../src/lib/statements/leakage.ts';
import { tieOutParts } from '../../../src/lib/statements/leakageTables.ts';
import { openWarehouse, type Warehouse } from '../../../src/lib/warehouse/warehouse.ts';
import { demoWarehouse } from '../../demoWarehouse.ts';
import { plainDemo, type PlainSql } from './plainSql.ts';

/** The plan rate of a day, straight from the export. */
const planRate = (currency: string, day: string) => `case when upper(${currency}) = 'USD' then '1' else (
  select max_by(rate_to_base, on_date) from fx_rate
  where fx_rate.currency = upper(${currency}) and rate_set = 'plan' and on_date::date <= ${day}) end::decimal(9, 4)`;

describe('the page of quote to cash', () => {
  let warehouse: Warehouse;
  let plain: PlainSql;
  let planted: Planted;
  beforeAll(async () => {
    const demo = await demoWarehouse();
    warehouse = await openWarehouse(demo.warehouse);
    plain = await plainDemo(demo.exports);
    planted = JSON.parse(readFileSync(join(demo.exports, 'planted.json'), 'utf8')) as Planted;
    await plain.rows(`create table billed as
      with bill as (
        select id, upper(currency) as currency, subtotal::double as subtotal, total::double as total, metadata_opportunity_id,
          (timezone('America/New_York', to_timestamp(created::bigint)))::date as issued_on
        from invoices where status not in ('draft', 'void')
      )
      select bill.*, ${planRate('bill.currency', 'bill.issued_on')} as rate,
        (select sum(amount::decimal(18, 2) - discount_amount::decimal(18, 2)) / 100 from invoice_line_items where invoice = bill.id) as net,
        (select sum(payment.amount::double) from payment where invoice_id = bill.id) as paid
      from bill`);
  });
  afterAll(() => {
    warehouse?.close();
    plain?.close();
  });
  const asking = (search: string) => readAsking(new URLSearchParams(search), warehouse);

  test('bills, credits and cash are those of plain SQL over the exports, before tax', async () => {
    const [bills] = await plain.rows(`select count(*) as n, sum(net * rate)::double as net,
      sum(round(paid * subtotal / total, 4) * rate)::double as cash, count(paid) as paid from billed`);
    const [credits] = await plain.rows(`select
        sum(note.subtotal::double / 100 * rate) filter (reason = 'product_unsatisfactory') as price,
        sum(note.subtotal::double / 100 * rate) filter (reason is distinct from 'product_unsatisfactory') as other
      from credit_notes note join billed on billed.id = note.invoice`);
    const [sold] = await plain.rows(`select sum(net)::double as net from line where is_won`);
    const { steps, withTax } = await chain(warehouse, await asking('period=all'), everything);
    const step = (id: string) => steps.find((one) => one.id === id)!;
    expect(step('billed').amount).toBeCloseTo(Number(bills!.net), 1);
    expect(step('billed').n).toBe(Number(bills!.n));
    expect(step('cash').amount).toBeCloseTo(Number(bills!.cash), 0);
    expect(step('cash').n).toBe(Number(bills!.paid));
    expect(step('price_credits').amount).toBeCloseTo(Number(credits!.price), 1);
    expect(step('other_credits').amount).toBeCloseTo(Number(credits!.other), 1);
    expect(step('booked').amount).toBeCloseTo(Number(sold!.net), 1);
    expect(step('beyond').amount!).toBeGreaterThan(0);
    expect(step('open').amount! - step('beyond').amount!).toBeCloseTo(
      step('billed').amount! -
        step('price_credits').amount! -
        step('other_credits').amount! -
        step('cash').amount!,
      2,
    );
    expect(withTax).toBe(0);
    // No offer is among the exports: that is said, and no zero.
    expect(step('quoted')).toMatchObject({ amount: null, why: 'not loaded' });
  });

  test('both sides of the tie-out add up to what was sold and what was billed', async () => {
    const found = (await tieOut(warehouse, await asking('period=all'), everything))!;
    const [sold] = await plain.rows(`select sum(net)::double as net from line where is_won`);
    const [bills] = await plain.rows(`select sum(net * rate)::double as net from billed`);
    expect(found.due + found.notDue).toBeCloseTo(Number(sold!.net), 0);
    expect(found.billed).toBeCloseTo(Number(bills!.net), 1);
    const parts = found.causes.reduce((sum, cause) => sum + cause.sold, found.matched);
    expect(parts).toBeCloseTo(found.due, 2);
    expect(found.causes.reduce((sum, { less }) => sum + less, 0)).toBeCloseTo(found.less, 2);
    expect(found.share).toBeCloseTo(found.matched / found.due, 9);
    expect(leakageHeadline(found, { now: null, filtered: false }, 'USD')).toBe(
      '$1.0\u00a0million of the $50.4\u00a0million that came due was not billed as agreed or was credited without approval.',
    );
  });

  test('what was planted is what the page says, cause by cause', async () => {
    const found = (await tieOut(warehouse, await asking('period=all'), everything))!;
    const less = (id: string) => found.causes.find(({ cause }) => cause === id)?.less ?? 0;
    const { causes, unapproved_credits: credits } = planted.billing;
    // Of a late start and of what was not billed one may read as the other; together they are what was planted.
    const planned = (id: keyof typeof causes) => Number(causes[id].under_billed_usd);
    expect(less('quantity')).toBeCloseTo(planned('quantity'), 1);
    expect(less('discount_past_end')).toBeCloseTo(planned('discount_past_end'), 1);
    expect(less('missed_uplift')).toBeCloseTo(planned('missed_uplift'), 1);
    const never = planned('not_billed') + planned('late_start');
    expect(Math.abs(less('not_billed') + less('late_start') - never)).toBeLessThan(0.01 * never);
    expect(found.causes.find(({ cause }) => cause === 'unauthorised_credit')!.lines).toBe(credits.count);
    // Lines are counted, and not their bills.
    const { lines, parts } = found.causes.find(({ cause }) => cause === 'missed_uplift')!;
    expect(lines).toBe(causes.missed_uplift.lines);
    expect(parts).toBeGreaterThan(lines);
    const [due] = await warehouse.rows<{ lines: number }>(
      `select count(distinct deal_line_id) as lines from marts.fact_billing_match where cause not in ('timing', 'credit')`,
    );
    expect(found.n).toBe(due!.lines);
  });

  test.each(['period=all', 'period=2027-Q2', 'period=all&region=East'])(
    'the file and every split add up to the page: %s',
    async (search) => {
      const asked = await asking(search);
      const found = (await tieOut(warehouse, asked, everything))!;
      const file = await listFile(warehouse, asked, { cause: null, order: standardOrder }, everything);
      const written = parse(toCsv(file), { columns: true }) as Record<string, string>[];
      const sum = (column: string) => written.reduce((whole, row) => whole + Number(row[column]), 0);
      expect(sum('to_bill_usd')).toBeCloseTo(found.less, 2);
      const inOwn = (row: Record<string, string>) =>
        row.credit_amount === '0'
          ? Number(row.billed_amount) - Number(row.sold_amount)
          : -Number(row.credit_amount);
      // The East sells in dollars alone.
      expect(written.some(({ currency }) => currency !== 'USD')).toBe(!search.includes('East'));
      for (const row of written) {
        expect(Number(row.difference), row.match_id).toBeCloseTo(inOwn(row), 6);
        expect(row.to_bill, row.match_id).toMatch(/^\d+(\.\d\d?)?$/);
        expect(Math.abs(Number(row.to_bill) + Math.min(inOwn(row), 0)), row.match_id).toBeLessThan(0.005001);
        if (row.currency === 'USD')
          expect(Number(row.difference_usd), row.match_id).toBeCloseTo(Number(row.difference), 4);
      }
      const list = await differenceList(
        warehouse,
        asked,
        { cause: null, order: standardOrder, page: 1 },
        everything,
      );
      expect(list.count).toBe(written.length);
      expect([list.less, list.more]).toEqual([expect.closeTo(found.less, 2), expect.closeTo(found.more, 2)]);
      expect(new Set(written.map((row) => row.match_id)).size).toBe(written.length);
      for (const split of leakSplits) {
        const { groups, rest, total } = await leakBy(warehouse, asked, split, everything);
        const all = [...groups, ...(rest ? [rest] : [])];
        expect(
          all.reduce((whole, { less }) => whole + less, 0),
          split.id,
        ).toBeCloseTo(found.less, 2);
        expect(total.less, split.id).toBeCloseTo(found.less, 2);
        expect(
          all.reduce((whole, { due }) => whole + due, 0),
          split.id,
        ).toBeCloseTo(found.due, 2);
      }
    },
  );

  test('what became of what came due adds up without credits, which are at the rate of their own day', async () => {
    const found = (await tieOut(warehouse, await asking('period=all'), everything))!;
    const [credits] = await plain.rows(`select sum(note.subtotal::double / 100
        * ${planRate('note.currency', "(timezone('America/New_York', to_timestamp(note.created::bigint)))::date")})::double as worth
      from credit_notes note join billed on billed.id = note.invoice
      where reason = 'product_unsatisfactory' and nullif(note.metadata_approved_by, '') is null`);
    expect(creditedUnapproved(found)).toBeCloseTo(Number(credits!.worth), 1);
    const shown = tieOutParts(found).filter(({ kind }) => kind === 'cause');
    const ofBills = shown.reduce((whole, { amount }) => whole + amount, 0);
    expect(ofBills).toBeCloseTo(found.less - Number(credits!.worth), 1);
    // What was billed of lines billed short, straight from the match, is what is neither matched nor short.
    const [rest] = await warehouse.rows<{ sold: number }>(
      `select sum(sold_amount_base + if(is_open, difference_base, 0)) as sold from marts.fact_billing_match
       where cause not in ('timing', 'matched', 'credit', 'unauthorised_credit')`,
    );
    expect(found.due - found.matched - ofBills).toBeCloseTo(rest!.sold, 2);
  });

  test('each row of the list leads back to both of its sides in the exports', async () => {
    const order = { column: 'difference', descending: true };
    const { rows } = await differenceList(
      warehouse,
      await asking('period=all'),
      { cause: 'price', order, page: 1 },
      everything,
    );
    expect(rows.length).toBeGreaterThan(10);
    for (const row of rows) {
      expect(row.sold_file, row.match_id).toMatch(/OpportunityLineItem/);
      expect(row.billed_file, row.match_id).toMatch(/invoice_line_items/);
      const [line, bill] = row.match_id.split(' ');
      const [own] = await plain.rows(
        `select (select count(*) from OpportunityLineItem where Id = '${line}') as sold,
           (select count(*) from invoice_line_items where id = '${bill}') as billed`,
      );
      expect([own!.sold, own!.billed].map(Number), row.match_id).toEqual([1, 1]);
    }
  });
});
