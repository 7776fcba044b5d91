import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Planted } from '../../../pipeline/demo/company.ts';
import { everything } from '../../../src/lib/access/scope.ts';
import { readAsking } from '../../../src/lib/asking/asking.ts';
import { leftToActOn } from '../../../src/lib/questions/findings/things.ts';
import { week } from '../../../src/lib/questions/findings/week.ts';
import { saidOf } from '../../../src/lib/statements/findings/sayings.ts';
import { openWarehouse, type Warehouse } from '../../../src/lib/warehouse/warehouse.ts';
import { demoWarehouse } from '../../demoWarehouse.ts';
import { askHere } from './asking.ts';
import { plainDemo, type PlainSql } from './plainSql.ts';

describe('what there is to act on in the demo company', () => {
  let warehouse: Warehouse;
  let plain: PlainSql;
  let planted: Planted;
  beforeAll(async () => {
    const demo = await demoWarehouse();
    warehouse = await openWarehouse(demo.warehouse);
    plain = await plainDemo(demo.exports);
    planted = JSON.parse(readFileSync(join(demo.exports, 'planted.json'), 'utf8')) as Planted;
  });
  afterAll(() => {
    warehouse?.close();
    plain?.close();
  });

  const found = async (kind: string, by: string) => {
    const { rows } = await askHere(warehouse, `measures=findings&by=${by}&finding_kind=${kind}`);
    return rows.map((row) => String(row[by])).toSorted();
  };
  const due = (days: number) =>
    `lower("IsClosed") = 'false' and "CloseDate"::date between date '${planted.export_date}' and date '${planted.export_date}' + ${days}`;

  test('every request that waits on a deal due within a month is one, and no other', async () => {
    const rows = await plain.rows(
      `select 'approval_pending:' || exception_id as id from price_exception join "Opportunity" on "Id" = deal_id
       where decision = 'pending' and ${due(30)} order by id`,
    );
    expect(rows.length).toBeGreaterThan(5);
    expect(await found('approval_pending', 'finding_id')).toEqual(rows.map(({ id }) => id));
  });

  test('whatever is over every role’s limit and was never asked about is found', async () => {
    const over = `select distinct deal."Id" as id from "Opportunity" deal join "OpportunityLineItem" line on "OpportunityId" = deal."Id"
      where "Discount"::double > (select max(max_rate::double) from discount_policy where binds = 'line')
      and "Discount_Kind__c" = 'discretionary' and ${due(90)}
      and not exists (from price_exception where deal_id = deal."Id") order by id`;
    const ids = (await plain.rows(over)).map(({ id }) => String(id));
    const told = await found('unapproved_open', 'deal_id');
    expect(ids.filter((id) => !told.includes(id))).toEqual([]);
    const asked = await plain.rows(
      `select deal_id as id from price_exception where decision = 'pending' and deal_id in ('${told.join("', '")}')`,
    );
    expect(told.length).toBeGreaterThan(ids.length);
    expect(asked).toEqual([]);
  });

  test('sellers who are told to keep being above comparable deals were made to be', async () => {
    const { rows } = await askHere(
      warehouse,
      'measures=findings&by=rep_id,region&finding_kind=beyond_comparable',
    );
    const leaking = planted.truths.leaking_reps.map(({ person_id }) => person_id);
    expect(rows.length).toBeGreaterThan(0);
    for (const { rep_id, region } of rows)
      expect(region === planted.truths.leaking_region.region || leaking.includes(String(rep_id))).toBe(true);
  });

  test('the week begins with the dollars that can still be changed, of several kinds', async () => {
    const asking = await readAsking(new URLSearchParams(), warehouse);
    const { shown, findings, amount } = await week(warehouse, asking, everything);
    expect(shown).toHaveLength(10);
    const kinds = new Map(shown.map(({ kind }) => [kind, shown.filter((one) => one.kind === kind)]));
    expect(Math.max(...[...kinds.values()].map(({ length }) => length))).toBeLessThanOrEqual(3);
    expect(kinds.size).toBeGreaterThan(3);
    const sizes = shown.map(({ together }) => together);
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    const { totals } = await askHere(warehouse, 'measures=findings,finding_amount');
    expect(findings).toBe(totals.findings);
    // What the page of all findings leads with is the same: dollars that several rules found count once.
    expect(await leftToActOn(warehouse, asking, everything)).toEqual({
      ...{ findings, things: expect.any(Number) as number, amount: expect.closeTo(amount, 2) as number },
    });
    const [once] = await warehouse.rows<{ amount: number }>(
      `with most as (
         select coalesce(deal_id, finding_id) as about, max(amount_base) as amount
         from marts.fact_finding where is_there and deal_id is not null and invoice_id is null and deal_line_id is null
         group by 1
         union all
         select finding_id, amount_base from marts.fact_finding
         where is_there and (deal_id is null or invoice_id is not null or deal_line_id is not null)
       )
       select sum(amount)::double as amount from most`,
    );
    expect(Math.abs(amount - once!.amount)).toBeLessThan(1000);
    expect(amount).toBeLessThan(Number(totals.finding_amount));
    for (const finding of shown) {
      expect(finding.rep_name).toBeTruthy();
      expect(finding.manager_name).toBeTruthy();
      expect(saidOf(finding, 'USD').why).not.toMatch(/unknown|undefined|null|NaN/);
    }
  });
});
