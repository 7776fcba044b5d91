import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Planted } from '../../../pipeline/demo/company.ts';
import { everything } from '../../../src/lib/access/scope.ts';
import { readAsking } from '../../../src/lib/asking/asking.ts';
import { approvals } from '../../../src/lib/questions/discipline/approvals.ts';
import { approvers } from '../../../src/lib/questions/discipline/approvers.ts';
import { requestsOf } from '../../../src/lib/questions/discipline/requestsOf.ts';
import { policyAsked } from '../../../src/lib/questions/discipline/policyAsked.ts';
import { whatIfFile } from '../../../src/lib/questions/discipline/whatIfFile.ts';
import { whatIfHref } from '../../../src/routes/discounts/discipline/what-if/whatIfHref.ts';
import { policy } from '../../../src/lib/questions/discipline/policy.ts';
import { quarterEnd } from '../../../src/lib/questions/discipline/quarterEnd.ts';
import { splitsAtLimits } from '../../../src/lib/questions/discipline/splits.ts';
import { whatIf } from '../../../src/lib/questions/discipline/whatIf.ts';
import { openWarehouse, type Warehouse } from '../../../src/lib/warehouse/warehouse.ts';
import { load } from '../../../src/routes/discounts/discipline/+page.server.ts';
import { demoWarehouse } from '../../demoWarehouse.ts';
import { askHere } from './asking.ts';

interface Told {
  said: { headline: string }[];
}
/** What of the page is held against what is planted. */
type Load = (event: object) => Promise<{
  found: {
    headline: string;
    quarterEnd: Told;
    bunching: Told;
    splits: Told;
    approvals: Told & { answer: string; approvers: { granted: { answer: string } } };
  };
}>;

const before = process.env.HOLDFAST_WAREHOUSE;

describe('what the demo company hides about its discipline', () => {
  let warehouse: Warehouse;
  let planted: Planted;
  beforeAll(async () => {
    const demo = await demoWarehouse();
    planted = JSON.parse(readFileSync(join(demo.exports, 'planted.json'), 'utf8')) as Planted;
    warehouse = await openWarehouse(demo.warehouse);
    process.env.HOLDFAST_WAREHOUSE = demo.warehouse;
  });
  afterAll(() => {
    warehouse?.close();
    if (before === undefined) delete process.env.HOLDFAST_WAREHOUSE;
    else process.env.HOLDFAST_WAREHOUSE = before;
  });
  const all = () => readAsking(new URLSearchParams('period=all'), warehouse);

  test('the rush at quarter end: its share to the fourth place, and what it costs within the interval', async () => {
    const { quarter_end: truth } = planted.truths;
    const found = (await quarterEnd(warehouse, await all(), everything))!;
    expect(found.quarters).toBe(Object.keys(truth.first_days).length);
    expect(found.booked!.share).toBeCloseTo(truth.share_of_net, 3);
    expect(found.bookedDeals!.share).toBeCloseTo(truth.share_of_deals, 3);
    expect(truth.share_expected).toBeCloseTo(found.bookedDeals!.expected, 2);
    expect(found.bookedDeals!.above.low!).toBeGreaterThan(0);
    expect(found.own.low!).toBeGreaterThan(0);
    expect(found.own.low! * 100).toBeLessThan(truth.because_of_it.points);
    expect(found.own.high! * 100).toBeGreaterThan(truth.because_of_it.points);
    // Programmes know no quarter end.
    expect(found.programme.low! < 0 && found.programme.high! > 0).toBe(true);
  });

  test('who asked before, after and never, on the page and by query', async () => {
    const { exceptions } = planted;
    const found = await approvals(warehouse, await all(), everything);
    expect([found.overLimit, found.before, found.after, found.none]).toEqual([
      exceptions.deals_over_limit,
      exceptions.approved_before_close,
      exceptions.approved_after_close,
      exceptions.never_asked,
    ]);
    const { totals } = await askHere(warehouse, 'measures=over_limit_deals,never_approved');
    expect(totals.over_limit_deals).toBe(exceptions.deals_over_limit);
    expect(Number(totals.never_approved)).toBeCloseTo(
      exceptions.never_asked / exceptions.deals_over_limit,
      12,
    );
    const { rows } = await askHere(warehouse, 'measures=deals&by=deal_id&approval=none');
    expect(rows.map((row) => row.deal_id).sort()).toEqual([...exceptions.never_asked_deal_ids].sort());
  });

  test('what an approver grants is dollars granted by list, not a mean of rates', async () => {
    const { rows } = await askHere(warehouse, 'measures=granted_percent&by=approver_id');
    const plain = await warehouse.rows<{ who: string; rate: number; list: number }>(
      `select approver_id as who, approved_rate::double as rate, list_amount_base::double as list
       from core.price_exception join marts.fact_deal using (deal_id)
       where decision = 'approved' and list_amount_base > 0`,
    );
    expect(rows.length).toBeGreaterThan(5);
    for (const { approver_id, granted_percent } of rows) {
      const own = plain.filter(({ who }) => who === approver_id);
      const dollars = own.reduce((sum, { rate, list }) => sum + rate * list, 0);
      expect(Number(granted_percent)).toBeCloseTo(dollars / own.reduce((sum, { list }) => sum + list, 0), 9);
    }
    const { depth } = await approvers(warehouse, await all(), everything);
    const told = new Map(rows.map(({ approver_id, granted_percent }) => [approver_id, granted_percent]));
    for (const { unit, observed, weight } of depth.units)
      expect((100 * observed) / weight).toBeCloseTo(Number(told.get(unit)), 9);
    const share = plain.reduce((sum, { rate }) => sum + rate, 0) / plain.length;
    const { totals } = await askHere(warehouse, 'measures=granted_percent');
    expect(Math.abs(Number(totals.granted_percent) - share)).toBeGreaterThan(0.1);
  });

  test('every approver’s figures open into the requests that they are of', async () => {
    const asking = await all();
    const plain = await warehouse.rows<{ who: string; n: number; approved: number; lines: string }>(
      `select approver_id as who, count(*) as n, count(*) filter (decision = 'approved') as approved,
         string_agg(source_line::varchar, ' ' order by source_line) as lines
       from core.price_exception where decision in ('approved', 'rejected') group by approver_id`,
    );
    const { granted, depth } = await approvers(warehouse, asking, everything);
    expect(granted.units.map(({ unit }) => unit).toSorted()).toEqual(plain.map(({ who }) => who).toSorted());
    for (const { who, n, approved, lines } of plain) {
      const found = await requestsOf(warehouse, asking, who, { from: 0, most: 2000 }, everything);
      expect([found.count, found.approved, found.rows.length]).toEqual([n, approved, n]);
      const read = found.rows.map(({ source_line: line }) => Number(line)).toSorted((a, b) => a - b);
      expect(read.join(' ')).toBe(lines);
      expect(found.rows.every(({ source_file: file }) => file?.includes('price_exception'))).toBe(true);
      const [own, deep] = [granted, depth].map(({ units }) => units.find(({ unit }) => unit === who)!);
      expect([own!.deals, own!.observed]).toEqual([n, approved]);
      expect(found.depth).toBeCloseTo(deep!.observed / deep!.weight, 9);
    }
    const part = (from: number, most: number) =>
      requestsOf(warehouse, asking, null, { from, most }, everything);
    const whole = await part(0, 2000);
    expect(whole.count).toBe(plain.reduce((sum, { n }) => sum + n, 0));
    const pages = await Promise.all([part(0, 700), part(700, 700), part(1400, 700)]);
    expect(pages.flatMap(({ rows }) => rows)).toEqual(whole.rows);
    expect(whole.rows).toHaveLength(whole.count);
    expect((await requestsOf(warehouse, asking, 'nobody', { from: 0, most: 5 }, everything)).count).toBe(0);
  });

  test.each(['', 'limit_of=account_executive%7C%7C%7Cline&limit_rate=25&limit_amount='])(
    'all deals that limits concern are on a page and in a file: %s',
    async (limits) => {
      const search = new URLSearchParams(`period=all&${limits}`);
      const asking = await readAsking(search, warehouse, 'all');
      const { rows, concerned, differs } = await policyAsked(warehouse, asking, search, everything);
      expect(differs).toBe(limits !== '');
      const told = rows.filter(({ today, changed }) =>
        differs ? (today === null) !== (changed === null) : today !== null,
      );
      expect(told.length).toBeGreaterThan(10);
      expect(concerned).toEqual(told);
      if (!differs) expect(told).toHaveLength(planted.exceptions.deals_over_limit);
      const file = await whatIfFile(warehouse, asking, search, everything);
      expect(file.rows.map(({ deal_id: id }) => id)).toEqual(told.map(({ deal_id: id }) => id));
      expect(file.n).toBe(told.length);
      const link = new URL(whatIfHref(asking, search), 'http://127.0.0.1');
      const again = await policyAsked(
        warehouse,
        await readAsking(link.searchParams, warehouse),
        link.searchParams,
        everything,
      );
      expect(again.concerned).toEqual(told);
    },
  );

  test('today’s limits ask for the same deals, and a higher one for fewer', async () => {
    const asking = await all();
    const limits = (await policy(warehouse)).filter((limit) => limit.is_current);
    const needing = async (rate: number) => {
      const changed = limits.map((limit) =>
        limit.role?.startsWith('account_') && limit.max_rate !== null ? { ...limit, max_rate: rate } : limit,
      );
      return whatIf(warehouse, asking, limits, changed, everything);
    };
    const same = await needing(20);
    expect(same.filter(({ today }) => today !== null)).toHaveLength(planted.exceptions.deals_over_limit);
    expect(same.every(({ today, changed }) => today === changed)).toBe(true);
    const higher = (await needing(25)).filter(({ changed }) => changed !== null);
    const [plain] = await warehouse.rows<{ n: number }>(
      `select count(distinct deal.deal_id) as n
       from marts.fact_deal deal join marts.fact_deal_line line using (deal_id)
       where deal.is_won and (deal.discount_base > 25000 or (line.discount_base > 0
         and 100 * line.discount_base > 25.001 * line.list_amount_base
         and line.discount_kind in ('discretionary', 'unknown')))`,
    );
    expect(higher).toHaveLength(plain!.n);
    expect(plain!.n).toBeLessThan(planted.exceptions.deals_over_limit);
    expect(new Set(higher.map(({ changed }) => changed))).toEqual(
      new Set(['sales_manager', 'vice_president']),
    );
  });

  test('nobody splits deals, and the page does not say so', async () => {
    const found = (await splitsAtLimits(warehouse, await all(), everything))!;
    expect(found.p).toBeGreaterThan(0.1);
  });

  test('the page leads with what is planted, and with nothing else', async () => {
    const url = new URL('http://holdfast/discounts/discipline');
    const { found: page } = await (load as unknown as Load)({ url, locals: { scope: everything } });
    expect(page.quarterEnd.said).toHaveLength(1);
    expect(page.bunching.said.map(({ headline }) => headline)).toEqual([
      'Discounts stop just inside the 20% limit',
    ]);
    expect(page.approvals.answer).toContain('75 never');
    expect(page.splits.said).toEqual([]);
    const { never_asked, approved_after_close, deals_over_limit } = planted.exceptions;
    const share = Math.round((100 * (never_asked + approved_after_close)) / deals_over_limit);
    expect(page.approvals.said[0]!.headline).toContain(`${share}% of deals over the limit`);
    expect(page.approvals.approvers.granted.answer).toContain('within chance');
  });
});
