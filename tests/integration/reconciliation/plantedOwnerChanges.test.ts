import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { everything } from '../../../src/lib/access/scope.ts';
import { readAsking } from '../../../src/lib/asking/asking.ts';
import { customerOwnership } from '../../../src/lib/questions/ownership/customers.ts';
import {
  ownershipHeadline,
  sharesInWords,
  whyNoCustomers,
} from '../../../src/lib/statements/ownership/customers.ts';
import { openWarehouse, type Warehouse } from '../../../src/lib/warehouse/warehouse.ts';
import { demoWarehouse } from '../../demoWarehouse.ts';
import { plainDemo, type PlainSql } from './plainSql.ts';

describe('how steadily the demo company’s accounts are owned', () => {
  let warehouse: Warehouse;
  let plain: PlainSql;
  beforeAll(async () => {
    const demo = await demoWarehouse();
    warehouse = await openWarehouse(demo.warehouse);
    plain = await plainDemo(demo.exports);
  });
  afterAll(() => {
    warehouse?.close();
    plain?.close();
  });
  const found = async (search: string) =>
    customerOwnership(warehouse, await readAsking(new URLSearchParams(search), warehouse), everything);

  test('is counted from the quarter of the first recorded end on, day by day', async () => {
    const [first] = await plain.rows(
      `select min(valid_to)::varchar as day from account_role where role = 'owner' and valid_to <> ''`,
    );
    const owned = await found('period=all');
    expect(owned.ends).toEqual({ isKnown: true, firstEnd: first!.day, from: '2024-02-01' });
    const [told] = await plain.rows(`
      with held as (
        select account_id, person_id, role, valid_from::date as begun, coalesce(nullif(valid_to, '')::date, date '9999-12-31') as ended
        from account_role
      ),
      life as (
        select account_id, min(day) as begun from (
          select account_id, begun as day from held
          union all
          select "AccountId", "CloseDate"::date from "Opportunity" where lower("IsWon") = 'true'
        )
        where account_id is not null group by account_id
      ),
      cell as (
        select account_id, unnest(generate_series(greatest(begun, date '2024-02-01'), date '2026-11-16', interval 1 day))::date as day
        from life
      ),
      owner as (select * from held where role = 'owner'),
      counted as (
        select cell.account_id, cell.day, count(distinct owner.person_id) as owners
        from cell left join owner on owner.account_id = cell.account_id and owner.begun <= day and owner.ended > day
        group by all
      )
      select count(*)::double as days, count(*) filter (owners = 1)::double / count(*) as one,
        (select count(*) from owner
         where begun >= date '2024-02-01'
         and exists (
           select 1 from owner earlier where earlier.account_id = owner.account_id
           and earlier.begun < owner.begun and earlier.person_id <> owner.person_id))::double as changes
      from counted`);
    expect(owned.customerDays).toBe(told!.days);
    expect(owned.days.one).toBeCloseTo(Number(told!.one), 9);
    expect(owned.changesAYear! * owned.customerDays).toBeCloseTo(Number(told!.changes) * 365.25, 3);
    const years = Number(told!.days) / 365.25 / Number(told!.changes);
    expect(sharesInWords(owned)).toContain(`once in ${years.toFixed(1)} years`);
    expect(sharesInWords(owned)).toMatch(/first recorded \(2 Mar 2024\)/);
  });

  test('is not told of the time before', async () => {
    const early = await found('period=2021-02-01..2022-01-31');
    expect([early.counted, early.days.one, early.changesAYear]).toEqual([null, null, null]);
    expect(sharesInWords(early)).toMatch(/can’t be told/);
    const later = await found('period=2026');
    expect(later.counted!.period).toBe('2026');
    expect(later.changesAYear).toBeGreaterThan(0);
    expect(sharesInWords(later)).not.toContain('first recorded');
  });

  test('tells prospects from customers', async () => {
    const { now } = await found('period=all');
    const [told] = await plain.rows(`
      select count(distinct account_id)::double as accounts, count(distinct account_id) filter (account_id not in (
        select "AccountId" from "Opportunity" where lower("IsWon") = 'true' and "AccountId" is not null))::double as prospects
      from account_role`);
    expect(now.all).toEqual({ count: told!.accounts, prospects: told!.prospects });
    expect(ownershipHeadline(await found('period=all'), 'USD')).toMatch(/^\d+ prospects have no owner/);
  });

  test('says of a place without accounts that nothing fits, and not that nothing is loaded', async () => {
    const nowhere = await found('region=Atlantis');
    expect(ownershipHeadline(nowhere, 'USD')).toBe('No account fits what is asked about.');
    expect(whyNoCustomers(nowhere).what).toBe('No account fits what is asked about.');
  });
});
