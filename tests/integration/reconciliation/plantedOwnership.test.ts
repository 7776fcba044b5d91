import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Planted } from '../../../pipeline/demo/company.ts';
import { everything } from '../../../src/lib/access/scope.ts';
import { readAsking } from '../../../src/lib/asking/asking.ts';
import { customerOwnership } from '../../../src/lib/questions/ownership/customers.ts';
import { handling } from '../../../src/lib/questions/ownership/handling.ts';
import { influences } from '../../../src/lib/questions/ownership/influences.ts';
import { antiPatterns } from '../../../src/lib/questions/ownership/antiPatterns.ts';
import { standardSettings } from '../../../src/lib/questions/ownership/settings.ts';
import { openWarehouse, type Warehouse } from '../../../src/lib/warehouse/warehouse.ts';
import { demoWarehouse } from '../../demoWarehouse.ts';
import { askHere } from './asking.ts';
import { plainDemo, type PlainSql } from './plainSql.ts';

describe('who owns what in the demo company', () => {
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
  const asking = (search: string) => readAsking(new URLSearchParams(search), warehouse);

  test('the page lists exactly the customers without an owner, and with two, on the day of the exports', async () => {
    const { list, now } = await customerOwnership(warehouse, await asking('period=all'), everything);
    const until = planted.export_date;
    const still = (faults: { account_id: string; from: string; to: string }[]) =>
      faults.filter(({ to }) => to >= until).map(({ account_id, from }) => ({ account_id, since: from }));
    const listed = (state: string) =>
      list
        .filter(({ owned_by }) => owned_by === state)
        .map(({ account_id, since }) => ({ account_id, since }));
    const sorted = (rows: { account_id: string }[]) =>
      rows.toSorted((a, b) => a.account_id.localeCompare(b.account_id));
    expect(sorted(listed('none'))).toEqual(sorted(still(planted.ownership.without_owner)));
    expect(sorted(listed('several'))).toEqual(sorted(still(planted.ownership.with_two_owners)));
    expect(now).toMatchObject({
      none: { count: listed('none').length },
      several: { count: listed('several').length },
    });
    expect(listed('none').length).toBeGreaterThan(0);
  });

  test('every planted stretch is found with its days, and nothing else is', async () => {
    const { rows } = await askHere(
      warehouse,
      'measures=customer_days&by=account_id,owned_by,owned_since&owned_by=none,several',
    );
    // The day of the exports belongs to the life of what still lasts.
    const expected = (
      faults: { account_id: string; from: string; to: string; days: number }[],
      owned: string,
    ) =>
      faults.map(
        ({ account_id, from, to, days }) =>
          `${account_id} ${owned} ${from} ${days + (to === planted.export_date ? 1 : 0)}`,
      );
    const found = rows.map(
      (row) => `${row.account_id} ${row.owned_by} ${row.owned_since} ${row.customer_days}`,
    );
    expect(found.toSorted()).toEqual(
      [
        ...expected(planted.ownership.without_owner, 'none'),
        ...expected(planted.ownership.with_two_owners, 'several'),
      ].toSorted(),
    );
  });

  test('renewals held by the wrong role are those planted', async () => {
    const { renewals_by_wrong_role: truth } = planted.truths;
    const { renewalRoles } = await handling(
      warehouse,
      await asking('period=all'),
      everything,
      standardSettings,
    );
    const wrong = renewalRoles.find(({ role }) => role === truth.wrong_role)!;
    expect(wrong).toMatchObject({ deals: truth.deals, won: truth.won });
    const all = renewalRoles.reduce((sum, { deals }) => sum + deals, 0);
    expect(wrong.deals / all).toBeCloseTo(truth.share_of_closed_renewals, 4);
    const { rows } = await askHere(
      warehouse,
      `measures=handled_deals&by=deal_id&activity=renewal&is_closed=true&owner_role=${truth.wrong_role}`,
    );
    expect(rows.map(({ deal_id }) => deal_id).toSorted()).toEqual(truth.deal_ids.toSorted());
  });

  test('clarity is what a plain count of the days gives, stage by stage', async () => {
    const [row] = await plain.rows(`
      with owner as (
        select deal_id, influence, role, valid_from::date as valid_from,
          coalesce(nullif(valid_to, '')::date, date '9999-12-31') as valid_to
        from deal_influence
      ),
      opened as (
        select "Id" as deal_id, lower("Is_Partner_Led__c") = 'true' as led,
          timezone('America/New_York', timezone('UTC', "CreatedDate"::timestamp))::date as created_on,
          case when lower("IsClosed") = 'true' then "CloseDate"::date else date '2026-11-17' end as until
        from "Opportunity"
      ),
      cell as (
        select deal_id, led, influence, unnest(generate_series(created_on, until - 1, interval 1 day))::date as day
        from opened, (values ('tco'), ('value_proposition')) as which(influence)
        where deal_id in (select deal_id from owner)
      ),
      owned as (
        select cell.deal_id, cell.influence, day, led, count(owner.role) as owners, any_value(owner.role) as role
        from cell
        left join owner
          on owner.deal_id = cell.deal_id and owner.influence = cell.influence
          and valid_from <= day and valid_to > day
        group by all
      )
      select count(*)::integer as all,
        count(*) filter (owners = 1 and role = case
          when influence = 'value_proposition' then 'account_manager'
          when led and day >= date '2025-02-01' then 'partner_manager'
          else 'technology_manager' end)::integer as one
      from owned where day >= date '2023-02-01'`);
    const { all } = await influences(warehouse, await asking('period=all'), everything, standardSettings);
    expect({ all: all.days, one: all.one }).toEqual({ all: row!.all, one: row!.one });
    const asked = await askHere(warehouse, 'measures=ownership_clarity,influence_days');
    expect(asked.totals.influence_days).toBe(Number(row!.all));
    expect(asked.totals.ownership_clarity).toBeCloseTo(Number(row!.one) / Number(row!.all), 10);
  });

  test('another stage of the organisation asks for other owners', async () => {
    const all = await asking('period=all');
    const at = (stage: number) => influences(warehouse, all, everything, { ...standardSettings, stage });
    const [first, third, fourth] = [await at(1), await at(3), await at(4)];
    // At stage 1 the founder owns the value proposition, and nobody here is one.
    expect(first.byInfluence.find(({ influence }) => influence === 'value_proposition')!.one).toBe(0);
    expect(third.byInfluence.map(({ influence }) => influence)).toEqual(['tco', 'value_proposition']);
    expect(fourth.byInfluence.map(({ influence }) => influence)).toContain('tco_post_sale');
    const patterns = await antiPatterns(warehouse, all, everything, standardSettings);
    for (const { id, deals, of, list } of patterns) {
      expect(deals, id).toBeGreaterThan(0);
      expect(of, id).toBeGreaterThanOrEqual(deals);
      expect(list.length, id).toBe(Math.min(deals, 150));
    }
  });
});
