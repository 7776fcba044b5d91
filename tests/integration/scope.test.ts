import { DuckDBInstance } from '@duckdb/node-api';
import type { RequestEvent } from '@sveltejs/kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scope } from '$lib/access/scope.ts';
import { demoWarehouse } from '../demoWarehouse.ts';

type Load = (event: RequestEvent) => Promise<unknown>;
const files = import.meta.glob<{ load: Load }>('../../src/routes/**/+{page,layout}.server.ts', {
  eager: true,
});
const loads = Object.entries(files).map(([path, { load }]) => ({
  load,
  route: path.replace('../../src/routes', '').replace(/\/\+\w+\.server\.ts$/, '') || '/',
  isFrame: path.includes('+layout'),
}));
const handlers = import.meta.glob<{ GET: (event: RequestEvent) => Response | Promise<Response> }>(
  '../../src/routes/**/+server.ts',
  { eager: true },
);

/** Pages that are refused to all who do not see everything. */
const refused = [
  ...['/data', '/data/back', '/data/changes'],
  ...['/exports', '/exports/loading', '/exports/mapping', '/exports/review'],
];
/** What else is asked of a page than its address alone. */
const askings: Record<string, string[]> = {
  '/discounts/rows': ['rebates', 'price_credits', 'terms_cost', 'net_amount'].map(
    (bar) => `period=all&bar=${bar}`,
  ),
  '/discounts': [
    'period=all',
    'period=all&basis=billed',
    'period=all&by=rep_id',
    'period=all&by=account_id&bridge=rep_id',
  ],
  '/discounts/discipline/requests': ['period=all'],
  '/discounts/discipline/what-if': ['period=all'],
  '/leakage': ['by=account_id', 'by=rep_id&show=price', 'sort=customer&page=2'],
  '/deals': ['period=all', `period=all&is_won=${encodeURIComponent('true,false,')}&sort=deal_name`],
};

interface Known {
  deals: Map<string, string>;
  customers: Map<string, string>;
  reps: Map<string, string>;
}

const before = process.env.HOLDFAST_WAREHOUSE;
let rep: string;
let seen: Known;
let unseen: Known;
let scope: Scope;

beforeAll(async () => {
  const { warehouse } = await demoWarehouse();
  process.env.HOLDFAST_WAREHOUSE = warehouse;
  const instance = await DuckDBInstance.create(warehouse, { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  const named = async (sql: string) =>
    new Map((await connection.runAndReadAll(sql)).getRowsJson() as [string, string][]);
  // Told by the owners of deals, not from the tables that the pages read.
  const all = {
    deals: await named('select deal_id, name from core.deal'),
    // A partner is told with the deal that was sold through it.
    customers: await named(`select account_id, max(name) from core.account
      where account_id in (select account_id from core.deal) group by 1`),
    reps: await named(`select person_id, max(name) from core.person
      where person_id in (select owner_id from core.deal) group by 1`),
  };
  [[rep]] = (
    await connection.runAndReadAll(`select owner_id from core.deal
      group by owner_id having count(*) between 60 and 90 order by count(*), owner_id`)
  ).getRowsJson() as [[string]];
  const own = `select deal_id from core.deal where owner_id = '${rep}'`;
  seen = {
    deals: await named(`select deal_id, name from core.deal where deal_id in (${own})`),
    customers: await named(`select account_id, max(name) from core.account
      where account_id in (select account_id from core.deal where deal_id in (${own}))
        or account_id in (select account_id from core.account_role where person_id = '${rep}'
          and (valid_to is null or valid_to > (select data_on from meta.build))) group by 1`),
    reps: new Map([[rep, all.reps.get(rep)!]]),
  };
  const rest = (kind: keyof Known) => new Map([...all[kind]].filter(([id]) => !seen[kind].has(id)));
  unseen = { deals: rest('deals'), customers: rest('customers'), reps: rest('reps') };
  connection.closeSync();
  instance.closeSync();
  scope = { kind: 'people', ids: [rep] };
});
afterAll(() => {
  if (before === undefined) delete process.env.HOLDFAST_WAREHOUSE;
  else process.env.HOLDFAST_WAREHOUSE = before;
});

const eventOf = (path: string, params: Record<string, string>, by: Scope) =>
  ({
    url: new URL(path, 'http://127.0.0.1'),
    params,
    locals: { scope: by },
    depends() {},
  }) as unknown as RequestEvent;

/** Every text that the answer says, keys of objects aside, with what comes in later. */
async function textsOf(answer: unknown): Promise<string[]> {
  const said = await answer;
  if (typeof said === 'string') return [said];
  if (typeof said !== 'object' || said === null) return [];
  return (await Promise.all(Object.values(said).map(textsOf))).flat();
}

/** Ids and names in the answer that the reader does not see. */
async function leaked(
  answer: unknown,
  kinds: (keyof Known)[] = ['deals', 'customers', 'reps'],
): Promise<string[]> {
  const text = (await textsOf(answer)).join('\n');
  return kinds.flatMap((kind) => {
    const mine = [...seen[kind].values()];
    return [...unseen[kind]].flatMap(([id, name]) => [
      ...(text.includes(id) ? [id] : []),
      // A name that is part of another may well be there.
      ...(text.includes(name) && !mine.some((own) => own.includes(name)) ? [name] : []),
    ]);
  });
}

/** Who stood on a deal besides its rep, and who holds a role on a customer, goes with it. */
const leakedFrom = (route: string, answer: unknown) =>
  leaked(answer, /\/\[id\]$/.test(route) ? ['deals', 'customers'] : undefined);

const idsOf = (route: string): string[] => {
  if (route === '/deals/[id]') return [...seen.deals.keys()];
  if (route === '/customers/[id]') return [...seen.customers.keys()];
  if (route === '/teams/reps/[id]') return [rep];
  // Who sees one rep does not see the rep's manager as a person.
  if (route === '/teams/managers/[id]') return [];
  return [''];
};

describe('a reader who sees one rep', () => {
  it('is one of many, with a part of the deals and customers', () => {
    expect(seen.deals.size).toBeGreaterThan(50);
    expect(unseen.deals.size).toBeGreaterThan(1000);
    expect(unseen.customers.size).toBeGreaterThan(500);
    expect(unseen.reps.size).toBeGreaterThan(30);
  });

  const open = loads.filter(({ route }) => !refused.includes(route));
  it.each(open.map((one) => [`${one.route}${one.isFrame ? ' (frame)' : ''}`, one] as const))(
    'is told of nobody else on %s',
    async (_, { load, route, isFrame }) => {
      const own = new RegExp(`${rep}|${seen.reps.get(rep)}`);
      let all = 0;
      for (const id of idsOf(route).slice(0, 8))
        for (const search of ['', ...(askings[route] ?? [])]) {
          const path = `${route.replace('[id]', encodeURIComponent(id))}?${search}`;
          const answer = await load(eventOf(path, { id }, scope));
          expect(await leakedFrom(route, answer), path).toEqual([]);
          all += (await leakedFrom(route, await load(eventOf(path, { id }, { kind: 'everything' })))).length;
          const nothing = await load(eventOf(path, { id }, { kind: 'people', ids: [] })).catch(
            (thrown: { status: number }) => thrown.status,
          );
          if (route.includes('[id]')) expect(nothing).toBe(404);
          else
            expect(
              (await textsOf(nothing)).filter((text) => own.test(text)),
              path,
            ).toEqual([]);
        }
      // What is looked for would be found in the answer to someone who sees everything.
      if (isFrame || ['/deals', '/discounts'].includes(route)) expect(all).toBeGreaterThan(0);
    },
  );

  it.each(['/deals/[id]', '/customers/[id]', '/teams/reps/[id]', '/teams/managers/[id]'])(
    'finds nothing of others on %s, as if it were not',
    async (route) => {
      const { load } = loads.find((one) => one.route === route)!;
      const asked = async (id: string) =>
        load(eventOf(route.replace('[id]', id), { id }, scope)).catch((thrown: object) => thrown);
      const absent = await asked('no-such-id');
      expect(absent).toMatchObject({ status: 404 });
      const kinds = { deals: unseen.deals, customers: unseen.customers, teams: unseen.reps };
      const others = kinds[route.split('/')[1] as keyof typeof kinds];
      for (const id of [...others.keys()].slice(0, 25)) expect(await asked(id)).toEqual(absent);
    },
  );

  it.each(refused)('is refused %s with words', async (route) => {
    const { load } = loads.find((one) => one.route === route)!;
    for (const search of ['', '?show=rows.rejected', '?show=check.two_owners_at_once'])
      await expect(load(eventOf(`${route}${search}`, {}, scope))).rejects.toMatchObject({
        status: 403,
        body: { message: expect.stringContaining('every deal'), remedy: expect.any(String) },
      });
  });

  it('finds them by no name', async () => {
    const { GET } = handlers['../../src/routes/api/search/+server.ts']!;
    const ask = async (text: string) => {
      const answer = await GET(eventOf(`/api/search?${new URLSearchParams({ q: text })}`, {}, scope));
      return ((await answer.json()) as { hits: { kind: string }[] }).hits;
    };
    for (const kind of ['deals', 'customers', 'reps'] as const) {
      for (const [id, name] of [...unseen[kind]].slice(0, 8)) {
        expect(await leaked(await ask(name))).toEqual([]);
        expect((await ask(id)).filter((hit) => !['metric', 'page'].includes(hit.kind))).toEqual([]);
      }
      const [, own] = [...seen[kind]][0]!;
      expect(JSON.stringify(await ask(own))).toContain(JSON.stringify(own));
    }
  });

  it('takes away no more than the pages show', async () => {
    const { GET } = handlers['../../src/routes/api/query/+server.ts']!;
    const search = 'measures=net_amount&by=deal_id,account_name,rep_name&is_won=true,false,&format=csv';
    const answer = await GET(eventOf(`/api/query?${search}`, {}, scope));
    const text = await answer.text();
    expect(await leaked(text)).toEqual([]);
    expect(text.trimEnd().split('\r\n')).toHaveLength(seen.deals.size + 1);
    const bills = handlers['../../src/routes/leakage/file/+server.ts']!;
    const listed = await (await bills.GET(eventOf('/leakage/file', {}, scope))).text();
    expect(await leaked(listed)).toEqual([]);
    expect(listed.split('\r\n').length).toBeGreaterThan(3);
    const asks = handlers['../../src/routes/discounts/discipline/what-if/file/+server.ts']!;
    const asked = async (by: Scope) =>
      (
        await (await asks.GET(eventOf('/discounts/discipline/what-if/file?period=all', {}, by))).text()
      ).trimEnd();
    expect(await leaked(await asked(scope))).toEqual([]);
    expect((await asked({ kind: 'people', ids: [] })).split('\r\n')).toHaveLength(1);
    const rows = handlers['../../src/routes/data/rows/+server.ts']!;
    expect((await rows.GET(eventOf('/data/rows', {}, scope))).status).toBe(403);
  });
});
