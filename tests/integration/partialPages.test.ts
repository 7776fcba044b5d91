import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RequestEvent } from '@sveltejs/kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everything } from '$lib/access/scope.ts';
import { currentWarehouse, lookAgain } from '$lib/warehouse/current.ts';
import { openWarehouse } from '$lib/warehouse/warehouse.ts';
import { demoWarehouse, holdfast } from '../demoWarehouse.ts';

type Load = (event: RequestEvent) => Promise<unknown>;
const files = import.meta.glob<{ load: Load }>('../../src/routes/**/+page.server.ts', { eager: true });
/** Pages of one step on the way, which send whoever did not come that way to its beginning. */
const onTheWay = ['/data/back', '/exports/loading', '/exports/mapping', '/exports/review'];
const pages = Object.entries(files)
  .map(([path, { load }]) => ({
    load,
    route: path.replace('../../src/routes', '').replace('/+page.server.ts', '') || '/',
  }))
  .filter(({ route }) => !route.includes('[') && !onTheWay.includes(route));

const before = process.env.HOLDFAST_WAREHOUSE;
const folder = mkdtempSync(join(tmpdir(), 'holdfast-partial-pages-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  if (before === undefined) delete process.env.HOLDFAST_WAREHOUSE;
  else process.env.HOLDFAST_WAREHOUSE = before;
});

/** Every text that a page would say, with what comes in later. */
async function said(answer: unknown): Promise<string[]> {
  const known = await answer;
  if (typeof known === 'string') return [known];
  if (typeof known !== 'object' || known === null) return [];
  return (await Promise.all(Object.values(known).map(said))).flat();
}

async function buildAt(out: string): Promise<string> {
  const warehouse = await openWarehouse(out);
  warehouse.close();
  return warehouse.build.build_id;
}

/** The demo company with a part of its exports, or a company of two deals. */
const companies: Record<string, (exports: string, to: string) => void> = {
  'the CRM alone': (exports, to) => symlinkSync(join(exports, 'salesforce'), join(to, 'salesforce')),
  'bills alone': (exports, to) => symlinkSync(join(exports, 'stripe'), join(to, 'stripe')),
  'tables alone': (exports, to) => symlinkSync(join(exports, 'tables'), join(to, 'tables')),
  'two deals of one rep': (_, to) =>
    writeFileSync(
      join(to, 'deal_2026-07-01.csv'),
      'deal_id,account_id,owner_id,is_closed,is_won,created_on,closed_on,currency,amount\n' +
        'd1,a1,ann,true,true,2026-01-05,2026-05-10,USD,900\nd2,a1,ann,true,false,2026-01-05,2026-05-20,USD,1600\n',
    ),
};

describe.each(Object.entries(companies))('with %s', (_, prepare) => {
  beforeAll(async () => {
    const { exports } = await demoWarehouse();
    const own = mkdtempSync(join(folder, 'company-'));
    prepare(exports, own);
    const out = join(folder, 'company.duckdb');
    await holdfast('load', own, '--out', out, '--from-scratch');
    process.env.HOLDFAST_WAREHOUSE = out;
    lookAgain();
    const { build } = await currentWarehouse();
    expect(build.build_id).toBe(await buildAt(out));
  });

  it.each(pages.map((page) => [page.route, page.load] as const))(
    '%s says what it can',
    async (route, load) => {
      for (const search of ['', '?period=all', '?period=all&region=West']) {
        const event = { url: new URL(`${route}${search}`, 'http://127.0.0.1'), params: {}, depends() {} };
        const answer = await load({ ...event, locals: { scope: everything } } as unknown as RequestEvent);
        const odd = (await said(answer)).filter((text) =>
          /\b(undefined|NaN|Infinity|\[object)\b/.test(text.replaceAll('MAPE is undefined', '')),
        );
        expect(odd, `${route}${search}`).toEqual([]);
      }
    },
  );
});
