import { parse } from 'csv-parse/sync';
import { afterAll, describe, expect, test } from 'vitest';
import { everything } from '../../src/lib/access/scope.ts';
import { readAsking } from '../../src/lib/asking/asking.ts';
import { toCsv } from '../../src/lib/download/csv.ts';
import { chain } from '../../src/lib/questions/leakage/chain.ts';
import { differenceList, notKnownOfBills } from '../../src/lib/questions/leakage/list.ts';
import { listFile } from '../../src/lib/questions/leakage/listFile.ts';
import { missingOfLeakage } from '../../src/lib/questions/leakage/loaded.ts';
import { standardOrder } from '../../src/lib/questions/leakage/order.ts';
import { tieOut } from '../../src/lib/questions/leakage/tieOut.ts';
import { withoutRate } from '../../src/lib/questions/leakage/withoutRate.ts';
import { openWarehouse, type Warehouse } from '../../src/lib/warehouse/warehouse.ts';
import { company, small } from './company.ts';

const opened: { warehouse: Warehouse; remove: () => void }[] = [];
afterAll(() => {
  for (const { warehouse, remove } of opened) {
    warehouse.close();
    remove();
  }
});

async function pageOf(files: Record<string, string>, search = 'period=all') {
  const made = company({ ...small, ...files });
  const report = await made.load();
  expect(report.published).toBe(true);
  const warehouse = await openWarehouse(made.out);
  opened.push({ warehouse, remove: made.remove });
  const asking = await readAsking(new URLSearchParams(search), warehouse);
  const [found, way, missing, unrated, list] = await Promise.all([
    tieOut(warehouse, asking, everything),
    chain(warehouse, asking, everything),
    missingOfLeakage(warehouse),
    withoutRate(warehouse, asking, everything),
    differenceList(warehouse, asking, { cause: null, order: standardOrder, page: 99 }, everything),
  ]);
  const step = (id: string) => way.steps.find((one) => one.id === id)!;
  return { warehouse, asking, found, step, missing, unrated, list };
}

const bills = {
  'invoice_2026-06-01.csv': `invoice_id,account_id,deal_id,currency,issued_on,subtotal,total
b1,acme,d1,USD,2026-05-10,80,100
b2,acme,d2,USD,2026-05-11,40,50
`,
  'invoice_line_2026-06-01.csv': `invoice_line_id,invoice_id,product_id,quantity,net_amount
b1l,b1,p,1,80
b2l,b2,p,1,40
`,
};

describe('quote to cash of a company that has little', () => {
  test('without bills says so, and claims neither a match nor a zero', async () => {
    const { found, step, missing, list } = await pageOf({});
    expect(found).toBeNull();
    expect(list).toMatchObject({ rows: [], count: 0 });
    expect(missing.bills!.what).toMatch(/not loaded/);
    expect(step('booked').amount).toBe(240);
    for (const id of ['quoted', 'billed', 'price_credits', 'cash', 'open'])
      expect(step(id), id).toMatchObject({ amount: null, why: 'not loaded' });
  });

  test('with bills alone matches them, and leaves credits and cash unsaid', async () => {
    const { found, step, missing, list } = await pageOf(bills);
    expect(found!.due + found!.notDue).toBeCloseTo(240, 4);
    expect(found).toMatchObject({ billed: 120, matched: 80 });
    const price = found!.causes.find(({ cause }) => cause === 'price');
    expect(price).toMatchObject({ less: 10, lines: 1 });
    expect(step('billed')).toMatchObject({ amount: 120, n: 2 });
    expect(step('cash').why).toBe('not loaded');
    expect(missing.credits!.what).toBe('Credit notes are not loaded.');
    // A page beyond the last is the last.
    expect(list).toMatchObject({ page: 1, pages: 1 });
    expect(list.rows.length).toBe(list.count);
  });

  test('takes tax out of cash, and tells credits without leave only where the export names who gives it', async () => {
    const credits = (approver: string) => `credit_note_id,invoice_id,issued_on,amount,reason,approved_by
c1,b1,2026-05-20,5,price_concession,
c2,b2,2026-05-20,3,price_concession,${approver}
`;
    const paid = {
      'payment_2026-06-01.csv': 'payment_id,invoice_id,paid_on,amount\np1,b1,2026-05-30,100\n',
    };
    const silent = await pageOf({ ...bills, ...paid, 'credit_note_line_2026-06-01.csv': credits('') });
    expect(silent.step('cash')).toMatchObject({ amount: 80, n: 1, of: 120, coverage: 0.5 });
    expect(silent.step('price_credits').amount).toBe(8);
    // The credit on the bill that is paid lowers nothing that is still to come.
    expect(silent.step('open').amount).toBeCloseTo(40 - 3, 4);
    expect(silent.step('beyond').amount).toBeCloseTo(5, 4);
    expect(silent.missing.credits!.what).toBe('No credit note says who allowed it.');
    expect(silent.found!.causes.map(({ cause }) => cause)).not.toContain('unauthorised_credit');
    const named = await pageOf({ ...bills, 'credit_note_line_2026-06-01.csv': credits('ann') });
    expect(named.missing.credits).toBeNull();
    expect(named.found!.causes.find(({ cause }) => cause === 'unauthorised_credit')).toMatchObject({
      ...{ lines: 1, less: 5 },
    });
  });

  test('sets an offer against its own deal alone', async () => {
    const { step } = await pageOf({
      'quote_2026-06-01.csv': 'quote_id,deal_id,quoted_on,is_accepted\nq1,d1,2026-04-20,true\n',
      'quote_line_2026-06-01.csv': 'quote_line_id,quote_id,product_id,quantity,net_amount\nq1l,q1,p,1,95\n',
    });
    expect(step('quoted')).toMatchObject({ amount: 95, of: 80, n: 1 });
    expect(step('quoted').coverage).toBeCloseTo(80 / 240, 9);
  });

  test('says which lines no sum holds, since their currency has no rate', async () => {
    const { found, unrated } = await pageOf({
      ...bills,
      'invoice_2026-06-01.csv': bills['invoice_2026-06-01.csv'].replace('d2,USD', 'd2,EUR'),
    });
    expect(unrated!.what).toMatch(/1 line in EUR has no exchange rate/);
    expect(found!.billed).toBe(80);
  });

  test('refuses what bills don’t know, and writes hostile names harmlessly', async () => {
    const evil = `=HYPERLINK("http://example.com")`;
    const { warehouse, asking } = await pageOf({
      ...bills,
      'Opportunity_2026-06-01.csv': String(small['Opportunity_2026-06-01.csv']).replace(
        'Second',
        `"${evil.replaceAll('"', '""')}"`,
      ),
    });
    const unknown = await readAsking(new URLSearchParams('period=all&deal_type=new'), warehouse);
    expect(notKnownOfBills(unknown)).toBe('Deal type');
    const which = { cause: null, order: standardOrder };
    await expect(listFile(warehouse, unknown, which, everything)).rejects.toThrow(/Deal type/);
    const file = toCsv(await listFile(warehouse, asking, which, everything));
    const rows = parse(file, { columns: true }) as Record<string, string>[];
    expect(rows.map((row) => row.deal_name)).toContain(`'${evil}`);
  });
});
