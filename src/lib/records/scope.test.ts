import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accounts, deals, openCompany } from '../../../tests/smallCompany.ts';
import { everything, type Scope } from '../access/scope.ts';
import { readAsking } from '../asking/asking.ts';
import { splitsKnown } from '../questions/splits.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { billsOf } from './bills.ts';
import { customerDeals, customerYears } from './customer/deals.ts';
import { customerRoles, customerSpans, customerSubscriptions } from './customer/facts.ts';
import { buildDetail } from './data/build.ts';
import { checkResults } from './data/checks.ts';
import { fieldCoverage, tableCoverage } from './data/coverage.ts';
import { fileDetail, sourceFiles, unreadFiles } from './data/files.ts';
import { leftOutAnswer, leftOutRows, reasons } from './data/leftOut.ts';
import { dealFacts } from './deal/facts.ts';
import { dealHistory } from './deal/history.ts';
import { dealLines } from './deal/lines.ts';
import { dealTeam, priceExceptions, valueAssessments } from './deal/people.ts';
import { priceSteps } from './deal/priceSteps.ts';
import { dealList } from './dealList.ts';
import { dictionary } from './dictionary.ts';
import { furtherFilters } from './furtherFilters.ts';
import { search } from './search.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  ({ warehouse } = await openCompany());
});
afterAll(() => warehouse?.close());

const of = (...ids: string[]): Scope => ({ kind: 'people', ids });
const nobody = of();
const owned = (...ids: string[]) => deals.filter(({ owner_id }) => ids.includes(owner_id));
const most = { column: 'discount', descending: true };

async function listed(scope: Scope, search = 'period=all'): Promise<string[]> {
  const asking = await readAsking(new URLSearchParams(search), warehouse);
  const ids: string[] = [];
  for (let page = 1, pages = 1; page <= pages; page += 1) {
    const list = await dealList(warehouse, asking, most, page, scope);
    pages = list.pages;
    ids.push(...list.deals.map(({ deal_id }) => deal_id));
    expect(list.count).toBe((await dealList(warehouse, asking, most, 1, scope)).count);
  }
  return ids;
}

describe('a deal', () => {
  it('is there for those who see its rep, and for others as if it were not', async () => {
    for (const { deal_id, owner_id, lines } of deals.slice(0, 12))
      for (const person of ['P1', 'P2', 'P3']) {
        const seen = person === owner_id;
        expect((await dealFacts(warehouse, deal_id, of(person)))?.deal_id).toBe(seen ? deal_id : undefined);
        const found = await dealLines(warehouse, deal_id, of(person));
        expect(found.lines).toHaveLength(seen ? lines.length : 0);
        expect(found.sums === null).toBe(!seen);
        const { sums } = await priceSteps(warehouse, deal_id, of(person));
        expect(sums.net_amount === null).toBe(!seen);
      }
    expect(await dealFacts(warehouse, 'D1', nobody)).toBeNull();
    expect(await dealFacts(warehouse, 'D1', of('P3', 'P2'))).toEqual(
      await dealFacts(warehouse, 'D1', everything),
    );
  });

  it('takes with it what hangs on it', async () => {
    // D1 and D5 are of P2 and P3.
    expect(await priceExceptions(warehouse, 'D1', of('P2'))).toHaveLength(1);
    for (const scope of [of('P1'), nobody]) {
      expect(await priceExceptions(warehouse, 'D1', scope)).toEqual([]);
      expect(await dealTeam(warehouse, 'D1', scope)).toEqual([]);
      expect(await valueAssessments(warehouse, 'D1', scope)).toEqual([]);
      expect(await dealHistory(warehouse, 'D1', scope)).toEqual({ snapshots: [], changes: [] });
    }
    const seen = await billsOf(warehouse, 'deal', 'D5', of('P3'));
    expect([seen.lines.length, seen.count, seen.credits.length]).toEqual([1, 1, 1]);
    for (const scope of [of('P1', 'P2'), nobody])
      expect(await billsOf(warehouse, 'deal', 'D5', scope)).toEqual({ lines: [], count: 0, credits: [] });
  });

  it('is listed and counted for those alone who see it', async () => {
    const all = `period=all&is_won=${encodeURIComponent('true,false,')}`;
    for (const ids of [['P1'], ['P2', 'P3'], ['P1', 'P2', 'P3', 'P1']])
      expect((await listed(of(...ids), all)).toSorted()).toEqual(
        owned(...ids)
          .map(({ deal_id }) => deal_id)
          .toSorted(),
      );
    expect(await listed(nobody, all)).toEqual([]);
    expect(await listed(of("P1') or true --", '%', ''), all)).toEqual([]);
    // Told line by line, deals are counted another way.
    const byLine = await listed(of('P2'), 'period=all&discount_kind=volume');
    const volume = owned('P2').filter(({ is_won, lines }) => is_won && lines.length > 1);
    expect(byLine.toSorted()).toEqual(volume.map(({ deal_id }) => deal_id).toSorted());
  });
});

describe('a customer', () => {
  it('comes with the deals and bills that are seen', async () => {
    const own = owned('P3').filter(({ account_id }) => account_id === 'A2');
    const found = await customerDeals(warehouse, 'A2', of('P3'));
    expect(found.deals.map(({ deal_id }) => deal_id).toSorted()).toEqual(
      own.map(({ deal_id }) => deal_id).toSorted(),
    );
    expect(found.won + found.lost + found.open).toBe(own.length);
    const { totals, companyRate, isOfAll } = await customerYears(warehouse, 'A2', of('P3'));
    expect(totals.deals).toBe(own.filter(({ is_won }) => is_won).length);
    expect(isOfAll).toBe(false);
    expect(companyRate).not.toBe((await customerYears(warehouse, 'A2', everything)).companyRate);
    // I1 is for a deal of P2, I2 for one of P3.
    const bills = await billsOf(warehouse, 'customer', 'A2', of('P3'));
    expect(bills.lines.map(({ invoice_id }) => invoice_id)).toEqual(['I2']);
    expect([bills.count, bills.credits.length]).toEqual([1, 1]);
    expect((await billsOf(warehouse, 'customer', 'A2', of('P2'))).credits).toEqual([]);
  });

  it('is not there for those who see nothing of it', async () => {
    for (const { account_id } of accounts)
      for (const scope of [nobody, of('P9')]) {
        expect(await customerSpans(warehouse, account_id, scope)).toEqual([]);
        expect(await customerRoles(warehouse, account_id, scope)).toEqual([]);
        expect(await customerSubscriptions(warehouse, account_id, scope)).toEqual([]);
        expect(await customerDeals(warehouse, account_id, scope)).toMatchObject({
          deals: [],
          won: 0,
          lost: 0,
        });
        expect(await billsOf(warehouse, 'customer', account_id, scope)).toMatchObject({
          lines: [],
          count: 0,
        });
      }
    expect(await customerSpans(warehouse, 'A2', of('P3'))).toEqual(
      await customerSpans(warehouse, 'A2', everything),
    );
  });
});

describe('what is found and named', () => {
  it('is what is seen', async () => {
    const kinds = async (text: string, scope: Scope) =>
      (await search(warehouse, text, scope)).filter(({ kind }) => kind !== 'metric' && kind !== 'page');
    expect((await kinds('rep p', of('P2'))).map(({ label }) => label)).toEqual(['Rep P2']);
    expect(await kinds('D1', of('P1'))).not.toContainEqual(expect.objectContaining({ href: '/deals/D1' }));
    expect(await kinds('D1', of('P2'))).toContainEqual(expect.objectContaining({ href: '/deals/D1' }));
    for (const text of ['rep', 'deal', 'jurgen', 'D1', 'A2']) expect(await kinds(text, nobody)).toEqual([]);
    expect((await kinds('yarrow', nobody)).map(({ kind }) => kind)).toEqual(['product']);
  });

  it('does not tell the name of a customer by its id', async () => {
    const url = new URL('http://127.0.0.1/deals?account_id=A2&product_id=Y');
    const asking = await readAsking(url.searchParams, warehouse);
    const says = async (scope: Scope) =>
      (await furtherFilters(warehouse, asking, url, scope)).map((filter) => filter.says);
    expect(await says(of('P1'))).toEqual(['is Jürgen & Söhne', 'is Yarrow']);
    expect(await says(nobody)).toEqual(['is A2', 'is Yarrow']);
  });

  it('names the deals that were chosen where they are few, and counts them where they are many', async () => {
    const says = async (search: string, scope: Scope) => {
      const url = new URL(`http://127.0.0.1/deals?${search}`);
      const asking = await readAsking(url.searchParams, warehouse);
      return (await furtherFilters(warehouse, asking, url, scope)).map((filter) => filter.says);
    };
    const [name] = (
      await warehouse.rows<{ name: string }>(
        `select deal_name as name from marts.fact_deal where deal_id = 'D1'`,
      )
    ).map((row) => row.name);
    expect(name).not.toBe('D1');
    expect(await says('deal_id=D1,x', everything)).toEqual([`is ${name} or x`]);
    expect(await says('deal_id=D1', nobody)).toEqual(['is D1']);
    expect(await says('deal_id=a,b,c,D1&is_closed=true,false,', everything)).toEqual([
      'is one of 4 chosen',
      'may be either',
    ]);
    expect(await says('deal_id!=a,b,c,D1&is_closed=true,false', everything)).toEqual([
      'is not one of 4 chosen',
      'is yes or no',
    ]);
  });

  it('is summed in the dictionary as everywhere', async () => {
    const deals = async (scope: Scope) =>
      (await dictionary(warehouse, '', scope)).find(({ id }) => id === 'deals')!.value;
    expect(await deals(of('P2'))).toBe(owned('P2').filter(({ is_won }) => is_won).length);
    expect(await deals(nobody)).toBe(0);
    const known = (await dictionary(warehouse, '', nobody)).filter(({ coverage }) => coverage !== null);
    expect(known).toEqual([]);
  });

  it('is offered as a split where the deals seen know of it', async () => {
    expect(await splitsKnown(warehouse, nobody)).toHaveLength(1);
    const all = (await splitsKnown(warehouse, everything)).map(({ id }) => id);
    // Nobody is above P1, who is above the others.
    const ids = (await splitsKnown(warehouse, of('P1'))).map(({ id }) => id);
    expect(ids).toEqual(all.filter((id) => id !== 'manager_id'));
  });
});

it('keeps files, their rows and the checks on them for those who see everything', async () => {
  const which = { kind: null, file: null, column: null, reason: null };
  const asked: ((scope: Scope) => Promise<unknown>)[] = [
    (scope) => buildDetail(warehouse, scope),
    (scope) => checkResults(warehouse, scope),
    (scope) => tableCoverage(warehouse, scope),
    (scope) => fieldCoverage(warehouse, 'deal', scope),
    (scope) => sourceFiles(warehouse, scope),
    (scope) => fileDetail(warehouse, 'any', scope),
    (scope) => unreadFiles(warehouse, scope),
    (scope) => leftOutRows(warehouse, which, 1, scope),
    (scope) => leftOutAnswer(warehouse, which, scope),
    (scope) => reasons(warehouse, scope),
  ];
  for (const ask of asked) {
    await expect(ask(of('P1', 'P2', 'P3'))).rejects.toThrow('for readers who see every deal');
    await expect(ask(everything)).resolves.not.toThrow();
  }
});
