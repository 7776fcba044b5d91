import type { Json } from '@duckdb/node-api';
import { afterEach, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { company, type Company } from './company.ts';

/** More by hand: RUNS=50 npx vitest run … */
const numRuns = Number(process.env.RUNS ?? 1);

const days = ['2026-08-03', '2026-08-10', '2026-08-17', '2026-08-24'];

/** Four weekly exports of a company in which something of everything changes, by file. */
function exportsOf(): Record<string, string> {
  const files: Record<string, string> = {};
  for (const [week, day] of days.entries()) {
    const deals = [
      `d1,First,${week < 2 ? 'Proposal' : 'Closed Won'},2026-0${week < 1 ? 7 : 8}-12,${week < 3 ? 'ann' : 'bea'},a1,${80 + 10 * week},2026-05-01,false`,
      `d2,Second,Closed Won,2026-05-05,ann,a1,${week < 2 ? 50 : 55},2026-04-01,false`,
      `d3,Third,Closed Won,2026-05-06,bea,a2,110,2026-04-02,false`,
      ...(week < 2 ? ['d4,Gone,Proposal,2026-09-01,bea,a2,70,2026-06-01,false'] : []),
      `d6,Deleted,Proposal,2026-09-01,bea,a2,70,2026-06-01,${week > 2}`,
      ...(week > 1 ? ['d5,Late,Closed Won,2026-05-20,ann,a2,33,2026-05-02,false'] : []),
    ];
    const header = 'Id,Name,StageName,CloseDate,OwnerId,AccountId,Amount,CreatedDate,IsDeleted';
    // One export in two parts, which say the same of one deal.
    files[`Opportunity_${day}.csv`] = [header, ...deals.slice(0, 2), ''].join('\n');
    files[`Opportunity_${day}_part2.csv`] = [header, ...deals.slice(1), ''].join('\n');
    files[`OpportunityLineItem_${day}.csv`] = `Id,OpportunityId,Product2Id,Quantity,ListPrice,TotalPrice
l1,d1,p,1,${100 + 20 * week},80
l2,d2,p,1,${100 + 20 * week},${week < 3 ? 50 : 45}
${week < 2 ? 'l3' : 'l3b'},d3,p,1,${100 + 20 * week},60
l4,d3,q,2,40,50
`;
    // Nothing changed between the first two and the last two exports, and prices went back to what they were.
    files[`PricebookEntry_${day}.csv`] = `Id,Product2Id,UnitPrice,Pricebook2Id,CurrencyIsoCode,IsActive
e1,p,${week === 2 ? 120 : 100},book,USD,true
e2,q,40,book,USD,true
`;
    files[`Account_${day}.csv`] = `Id,Name,Industry,OwnerId,BillingCountry,Segment__c
a1,Acme,Steel,${week < 2 ? 'ann' : 'bea'},US,SMB
a2,Beta,Glass,bea,US,${week < 1 ? 'SMB' : 'Large'}
`;
    files[`User_${day}.csv`] = `Id,Name,Email,ManagerId,UserRole.Name
ann,Ann,ann@x.org,${week < 2 ? 'max' : 'mia'},Rep
bea,Bea,bea@x.org,mia,Rep
max,Max,max@x.org,,Lead
mia,Mia,mia@x.org,,Lead
`;
    files[`Product2_${day}.csv`] = `Id,Name,ProductCode,Family,IsActive
p,Pump,P-1,${week < 3 ? 'Core' : 'Edge'},true
q,Quill,Q-1,Core,true
`;
  }
  return files;
}

/** What every table and view of the layers that pages read holds, and what they are made of: rows and a mark of them. */
async function contentOf(here: Company): Promise<Record<string, Record<string, Json>>> {
  const tables = await here.rows(
    `select table_schema || '.' || table_name as name from information_schema.tables
     where table_schema in ('latest', 'core', 'marts') order by name`,
  );
  const each = tables.map(
    ({ name }) => `select '${String(name)}' as name, count(*)::integer as rows,
      md5(string_agg(row::varchar, '|' order by row::varchar)) as mark from ${String(name)} row`,
  );
  const found = await here.rows(each.join(' union all '));
  return Object.fromEntries(found.map((table) => [String(table.name), table]));
}

let all: Company;
let parts: Company;
afterEach(() => {
  all?.remove();
  parts?.remove();
});

describe('the order and grouping of loads', () => {
  it('change nothing, nor does loading a file twice or taking it away afterwards', async () => {
    const files = exportsOf();
    all = company(files);
    await all.load();
    const whole = await contentOf(all);
    expect(whole['core.deal_event']!.rows).toBeGreaterThan(4);
    expect(whole['marts.fact_restatement']!.rows).toBeGreaterThan(2);
    expect(
      await all.rows(
        'select deal_id, vanished_on::varchar as on, vanished_how as how from core.deal where vanished_on is not null order by 1',
      ),
    ).toEqual([
      { deal_id: 'd4', on: '2026-08-17', how: 'absent' },
      { deal_id: 'd6', on: '2026-08-24', how: 'deleted' },
    ]);

    // Pages that ask whether changes of deals are known find those between exports.
    const changes = `select max(rows)::integer as n from meta.coverage where table_name = 'deal_event'`;
    expect(await all.rows(changes)).toEqual([{ n: whole['core.deal_event']!.rows }]);

    const names = Object.keys(files);
    const loads = fc
      .shuffledSubarray(names, { minLength: names.length })
      .chain((order) => fc.array(fc.nat(names.length), { maxLength: 2 }).map((cuts) => ({ order, cuts })));
    await fc.assert(
      fc.asyncProperty(loads, async ({ order, cuts }) => {
        parts = company({});
        const edges = [0, ...cuts.sort((a, b) => a - b), names.length];
        for (const [index, from] of edges.slice(0, -1).entries()) {
          const now = order.slice(from, edges[index + 1]);
          if (now.length === 0) continue;
          // One file of the load before comes once more; the others are gone.
          const again = order.slice(Math.max(0, from - 1), from);
          parts.write(Object.fromEntries(names.map((name) => [name, null])));
          parts.write(Object.fromEntries([...now, ...again].map((name) => [name, files[name]!])));
          expect((await parts.load()).problems).toEqual([]);
        }
        const made = await contentOf(parts);
        expect(made).toEqual(whole);
        parts.remove();
      }),
      { numRuns },
    );
  });
});
