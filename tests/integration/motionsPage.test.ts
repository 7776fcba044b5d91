import { afterAll, describe, expect, test } from 'vitest';
import { everything } from '../../src/lib/access/scope.ts';
import { readAsking } from '../../src/lib/asking/asking.ts';
import { channel } from '../../src/lib/questions/motions/channel.ts';
import { consumption } from '../../src/lib/questions/motions/consumption.ts';
import { dots } from '../../src/lib/questions/motions/dots.ts';
import { expenseToBookings } from '../../src/lib/questions/motions/expense.ts';
import { motionTable } from '../../src/lib/questions/motions/motionTable.ts';
import { renewals } from '../../src/lib/questions/motions/renewals.ts';
import { retention } from '../../src/lib/questions/motions/retention.ts';
import { meetings, touch } from '../../src/lib/questions/motions/touch.ts';
import { whyMissing } from '../../src/lib/questions/motions/whyMissing.ts';
import { motionsHeadline } from '../../src/lib/statements/motions.ts';
import { openWarehouse, type Warehouse } from '../../src/lib/warehouse/warehouse.ts';
import { company, small } from './company.ts';

const opened: { warehouse: Warehouse; remove: () => void }[] = [];
afterAll(() => {
  for (const { warehouse, remove } of opened) {
    warehouse.close();
    remove();
  }
});

async function pageOf(files: Record<string, string | Buffer>, search = 'period=all') {
  const made = company(files);
  const report = await made.load();
  expect(report.published).toBe(true);
  const warehouse = await openWarehouse(made.out);
  opened.push({ warehouse, remove: made.remove });
  const asking = await readAsking(new URLSearchParams(search), warehouse);
  const [motions, kept, due, cost, partners, little, committed, touched, met, why] = await Promise.all([
    motionTable(warehouse, asking, everything),
    retention(warehouse, asking, everything),
    renewals(warehouse, asking, everything, String),
    expenseToBookings(warehouse, asking, everything),
    channel(warehouse, asking, everything),
    dots(warehouse, asking, everything),
    consumption(warehouse, asking, everything),
    touch(warehouse, asking, everything),
    meetings(warehouse, asking, everything),
    whyMissing(warehouse, asking, everything),
  ]);
  const headline = motionsHeadline(kept, motions, { now: null, before: null });
  return { motions, kept, due, cost, partners, little, committed, touched, met, why, headline };
}

describe('the motions page', () => {
  test('with nothing but deals says what is missing, and no rate of what it can’t know', async () => {
    const { motions, headline, why, ...others } = await pageOf(small);
    for (const [name, part] of Object.entries(others)) expect(part, name).toBeNull();
    expect(motions.net).toBe(240);
    // One quarter of sales, three deals: nothing grows.
    for (const { growth } of motions.motions) expect(Object.values(growth)).toEqual([null, null, null]);
    expect(headline).toContain('is not known');
    expect(why.missing.retention.what).toMatch(/no subscriptions, and no won lines with a term/);
    expect(why.missing.expense.what).toMatch(/No expense/);
    for (const { what, unlocks } of Object.values(why.missing)) expect(what + unlocks).toMatch(/\.$/);
  });

  test('with one quarter of contracts tells no retention, and with customers too few no interval', async () => {
    const subscriptions = `subscription_id,account_id,started_on,ended_on,quantity,currency,monthly_net
s1,acme,2026-04-02,,1,USD,100
s2,beta,2026-04-02,,1,USD,50
`;
    const found = await pageOf({ ...small, 'subscription_2026-07-02.csv': subscriptions });
    const [quarter] = found.kept!.spans;
    expect(quarter!.retained).toMatchObject({
      gross: { rate: null, interval: null },
      logos: { interval: null },
    });
    expect(found.headline).toContain('is not known');

    const ended = `subscription_id,account_id,started_on,ended_on,quantity,currency,monthly_net
s0,gone,2025-01-01,2025-02-01,1,USD,9
s1,acme,2025-04-02,2026-05-09,1,USD,100
s2,beta,2025-04-02,,1,USD,50
`;
    const later = await pageOf({
      ...small,
      'Opportunity_2025-06-01.csv': small['Opportunity_2026-06-01.csv']!.toString()
        .replaceAll('2026-', '2025-')
        .replaceAll(/^d/gm, 'e'),
      'subscription_2026-07-02.csv': ended,
    });
    const { retained } = later.kept!.spans[0]!;
    expect(retained).toMatchObject({
      customers: 2,
      stayed: 1,
      gross: { rate: 1 / 3, interval: null },
      logos: { rate: 0.5, interval: null },
    });
    // Two customers are no ground for a finding.
    expect(later.headline).toContain('is not known');
  });

  test('with expense but without kinds of discount shows the plain cost alone', async () => {
    const expense = `period_start,department,amount
2026-05-01,Sales,120
2026-05-01,Marketing,500
`;
    const { cost } = await pageOf({ ...small, 'expense_2026-07-02.csv': expense });
    expect(cost!.quarters).toEqual([
      { period: '2026-Q2', expense: 120, bookings: 240, discount: null, plain: 0.5, loaded: null },
    ]);
    expect(cost!.departments).toEqual([
      { name: 'Marketing', counted: false },
      { name: 'Sales', counted: true },
    ]);
    expect(cost!.year).toBeNull();
  });
});
