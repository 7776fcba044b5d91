import { afterAll, describe, expect, it } from 'vitest';
import { everything } from '../../src/lib/access/scope.ts';
import { readAsking } from '../../src/lib/asking/asking.ts';
import { openWarehouse, type Warehouse } from '../../src/lib/warehouse/warehouse.ts';
import { approvalsSection } from '../../src/routes/discounts/discipline/approvalsSection.ts';
import { bunchingSection } from '../../src/routes/discounts/discipline/bunchingSection.ts';
import { policySection } from '../../src/routes/discounts/discipline/policySection.ts';
import { quarterEndSection } from '../../src/routes/discounts/discipline/quarterEndSection.ts';
import { splitsSection } from '../../src/routes/discounts/discipline/splitsSection.ts';
import { company } from './company.ts';

const opened: { warehouse: Warehouse; remove: () => void }[] = [];
afterAll(() => {
  for (const { warehouse, remove } of opened) {
    warehouse.close();
    remove();
  }
});

const days = [
  '2025-08-12',
  '2025-09-29',
  '2025-10-20',
  '2025-12-30',
  '2026-01-15',
  '2026-03-30',
  '2026-05-04',
];
const ids = Array.from({ length: 28 }, (_, at) => `d${String(at).padStart(2, '0')}`);
const deals = [
  'deal_id,account_id,owner_id,is_closed,is_won,created_on,closed_on,currency',
  ...ids.map((id, at) => `${id},a${at % 4},ann,true,true,2025-07-01,${days[at % days.length]},USD`),
];
const lines = (priced: boolean) => [
  'deal_line_id,deal_id,quantity,list_amount,net_amount',
  ...ids.map((id, at) => `l${at},${id},1,${priced ? 1000 : ''},${1000 - 10 * (10 + (at % 15))}`),
];
const policy = ['role,max_rate,max_amount,binds', 'ae,20,,line', 'ae,,300,deal', 'manager,40,,line'];
const places = ['person_id,role', 'ann,ae'];

const texts = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(texts)
      : [];

const loads = new Map<string, Promise<Warehouse>>();

/** The company of these tables, loaded once however often its page is asked for. */
function loaded(tables: Record<string, string[]>): Promise<Warehouse> {
  const files = Object.fromEntries(
    Object.entries(tables).map(([name, rows]) => [`${name}_2026-07-01.csv`, `${rows.join('\n')}\n`]),
  );
  const key = JSON.stringify(Object.entries(files).sort());
  const load = async () => {
    const made = company(files);
    expect((await made.load()).published).toBe(true);
    const warehouse = await openWarehouse(made.out);
    opened.push({ warehouse, remove: made.remove });
    return warehouse;
  };
  if (!loads.has(key)) loads.set(key, load());
  return loads.get(key)!;
}

async function pageOf(tables: Record<string, string[]>, search = '', priced = true) {
  const warehouse = await loaded(tables);
  const url = new URL(`http://holdfast/discounts/discipline?period=all${search}`);
  const asked = {
    ...{ warehouse, url, scope: everything, priced },
    asking: await readAsking(url.searchParams, warehouse),
  };
  const page = {
    quarterEnd: (await quarterEndSection(asked)).shown(() => true),
    bunching: (await bunchingSection(asked)).shown(() => true),
    approvals: (await approvalsSection(asked)).shown(() => true),
    splits: (await splitsSection(asked)).shown(() => true),
    policy: (await policySection(asked)).shown(),
  };
  const odd = texts(page).filter((text) => /\b(undefined|NaN|Infinity|\[object)\b/.test(text));
  expect(odd).toEqual([]);
  return page;
}

describe('the page of discipline', () => {
  it('without a policy says of each section what a policy would unlock', async () => {
    const page = await pageOf({ deal: deals, deal_line: lines(true) });
    expect(page.quarterEnd.found!.answer).toContain('The last ten business days');
    expect([page.bunching.any, page.approvals.anyPolicy, page.policy.any]).toEqual([false, false, false]);
    expect(page.splits.found).toBeNull();
  });

  it('without approvals tells what is over the limit, and not who approved it', async () => {
    const page = await pageOf({
      ...{ deal: deals, deal_line: lines(true), discount_policy: policy, person_assignment: places },
    });
    // Of the rates from 10 to 24 those from 21 on: 4 of each 15, of 28 deals.
    const over = ids.filter((_, at) => 10 + (at % 15) > 20).length;
    expect(page.approvals).toMatchObject({ anyPolicy: true, anyRequest: false, rows: [], said: [] });
    expect(page.approvals.answer).toContain(`${over} deals were won over the limit`);
    expect(page.approvals.answer).toContain('not recorded');
    expect(page.bunching.limits[0]!.answer).toContain('can’t be told');
    expect(page.policy.answer).toContain(`${over} deals`);
    expect(page.policy.byApprover.rows.map(({ key }) => key)).toEqual(['manager']);
  });

  it('changes a limit by its address', async () => {
    const tables = {
      deal: deals,
      deal_line: lines(true),
      discount_policy: policy,
      person_assignment: places,
    };
    const page = await pageOf(tables, '&limit_of=ae%7C%7C%7Cline&limit_rate=23&limit_amount=');
    const over = ids.filter((_, at) => 10 + (at % 15) > 23).length;
    expect(page.policy.differs).toBe(true);
    expect(page.policy.answer).toContain(`under the changed ones ${over} deal`);
    expect(page.policy.inputs.find(({ key }) => key === 'ae|||line')!.rate).toBe(23);
    expect(page.policy.kept.map(([name]) => name)).toEqual(['period']);
  });

  it('without list prices, or a rate for the currency, tells of days and not of discounts', async () => {
    const given = { deal: deals, discount_policy: policy, person_assignment: places };
    const unpriced = await pageOf({ ...given, deal_line: lines(false) }, '', false);
    expect(unpriced.quarterEnd.found!.answer).toContain('too few have a list price');
    expect(unpriced.approvals.answer).toContain('No deal was won over the limit');
    const inYen = deals.map((row) => row.replace('USD', 'JPY'));
    const yen = await pageOf({ ...given, deal: inYen, deal_line: lines(true) });
    expect(yen.quarterEnd.found?.answer ?? 'nothing').not.toContain('more discretionary');
    const lost = [deals[0]!, deals[1]!.replace('true,true', 'true,false')];
    const bare = await pageOf({ deal: lost }, '', false);
    expect(bare.quarterEnd.found).toBeNull();
  });
});
