import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RequestEvent } from '@sveltejs/kit';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everything } from '$lib/access/scope.ts';
import { currentWarehouse, lookAgain } from '$lib/warehouse/current.ts';
import { load as overview } from '../../src/routes/+page.server.ts';
import { load as discounts } from '../../src/routes/discounts/+page.server.ts';
import { load as discipline } from '../../src/routes/discounts/discipline/+page.server.ts';
import { load as requests } from '../../src/routes/discounts/discipline/requests/+page.server.ts';
import { load as whatIf } from '../../src/routes/discounts/discipline/what-if/+page.server.ts';
import { load as rows } from '../../src/routes/discounts/rows/+page.server.ts';
import { load as leakage } from '../../src/routes/leakage/+page.server.ts';
import { demoWarehouse, holdfast } from '../demoWarehouse.ts';

const before = process.env.HOLDFAST_WAREHOUSE;
const folder = mkdtempSync(join(tmpdir(), 'holdfast-partial-discounts-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  if (before === undefined) delete process.env.HOLDFAST_WAREHOUSE;
  else process.env.HOLDFAST_WAREHOUSE = before;
});

/** Takes columns out of an export. */
function without(file: string, columns: readonly string[]) {
  const rows = parse(readFileSync(file), { columns: true }) as Record<string, string>[];
  const kept = Object.keys(rows[0]!).filter((column) => !columns.includes(column));
  const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const lines = rows.map((row) => kept.map((column) => cell(row[column]!)).join(','));
  writeFileSync(file, [kept.join(','), ...lines, ''].join('\n'));
}

/** The demo company without files whose names begin so. */
function leaveOut(company: string, ...names: string[]) {
  for (const room of ['salesforce', 'stripe', 'tables'])
    for (const file of readdirSync(join(company, room)))
      if (names.some((name) => `${room}/${file}`.startsWith(name))) rmSync(join(company, room, file));
}

const companies = {
  'no list price'(company: string) {
    leaveOut(company, 'salesforce/PricebookEntry', 'tables/list_price', 'tables/deal_line_period');
    const [lines] = readdirSync(join(company, 'salesforce')).filter((file) =>
      file.startsWith('OpportunityLineItem'),
    );
    without(join(company, 'salesforce', lines!), ['ListPrice', 'UnitPrice', 'Discount', 'Subtotal']);
  },
  'no bills': (company: string) => leaveOut(company, 'stripe/', 'tables/payment'),
  'no approvals'(company: string) {
    leaveOut(company, 'tables/price_exception', 'tables/discount_policy');
    const settings = join(company, 'holdfast.yaml');
    const text = readFileSync(settings, 'utf8');
    writeFileSync(settings, text.replace(/^approval_limits:\n(?: .*\n)+/m, ''));
  },
  'a currency without rate': (company: string) => leaveOut(company, 'tables/fx_rate'),
};

const loads = { overview, discounts, rows, discipline, requests, whatIf, leakage };
const paths = {
  overview: '/',
  discounts: '/discounts',
  rows: '/discounts/rows',
  discipline: '/discounts/discipline',
  requests: '/discounts/discipline/requests',
  whatIf: '/discounts/discipline/what-if',
  leakage: '/leakage',
};

/** What a page is given to say, all of it as text. */
async function saidOn(page: keyof typeof loads, search = ''): Promise<string> {
  const event = {
    ...{ url: new URL(`${paths[page]}${search}`, 'http://127.0.0.1'), params: {}, depends() {} },
    locals: { scope: everything },
  };
  const load = loads[page] as unknown as (event: RequestEvent) => Promise<unknown>;
  return JSON.stringify(await load(event as unknown as RequestEvent), (_, value: unknown) =>
    value instanceof Uint8Array ? null : value,
  );
}

async function loaded(name: keyof typeof companies) {
  const { exports } = await demoWarehouse();
  const company = join(folder, name);
  mkdirSync(company);
  cpSync(exports, company, { recursive: true });
  companies[name](company);
  const out = join(folder, `${name}.duckdb`);
  await holdfast('load', company, '--out', out, '--from-scratch');
  process.env.HOLDFAST_WAREHOUSE = out;
  lookAgain();
  await currentWarehouse();
}

const odd = /\b(undefined|NaN|Infinity|\[object)\b/;

describe.each(Object.keys(companies) as (keyof typeof companies)[])('with %s', (name) => {
  const said = new Map<keyof typeof loads, string>();
  beforeAll(async () => {
    await loaded(name);
    for (const page of Object.keys(loads) as (keyof typeof loads)[]) said.set(page, await saidOn(page));
  }, 240_000);

  it('every page says something, and nothing that is no figure', async () => {
    for (const [page, text] of said) expect(text.replaceAll('MAPE is undefined', ''), page).not.toMatch(odd);
    expect(await saidOn('discounts', '?concentrated=customer&period=all')).not.toMatch(odd);
  });

  it('says what it cannot say', async () => {
    const [discounts, discipline, leakage] = [
      said.get('discounts')!,
      said.get('discipline')!,
      said.get('leakage')!,
    ];
    if (name === 'no list price') {
      expect(discounts).toContain('is not known: no list price is');
      expect(discounts).toContain('No list price is known for these deals.');
      expect(discounts).not.toContain('No discount was given');
      expect(JSON.parse(discounts)).toMatchObject({
        further: { concentration: { shown: null } },
        unpriced: true,
      });
      expect(discipline).toContain('too little to tell');
      expect(discipline).not.toContain('Nothing shows that the process is gamed');
      expect(JSON.parse(discipline)).toMatchObject({ found: { approvals: { isPriced: false } } });
      expect(said.get('whatIf')).toContain('No list price is known');
      expect(said.get('whatIf')).not.toContain('would have needed approval,');
    }
    if (name === 'no bills') {
      expect(leakage).toContain('no bill is loaded');
      expect(await saidOn('rows', '?bar=price_credits')).toContain('none on record');
      // Deals with a term still tell who stayed.
      expect(JSON.parse(discounts)).toMatchObject({
        further: { concentration: { shown: { rows: expect.any(Array) } } },
      });
    }
    if (name === 'no approvals') {
      expect(said.get('whatIf')).toContain('No approval limit is known.');
      expect(said.get('requests')).toContain('No decided request is known');
      expect(JSON.parse(discipline)).toMatchObject({
        found: { approvals: { anyPolicy: false, anyRequest: false }, policy: { any: false } },
      });
    }
    if (name === 'a currency without rate')
      expect(discounts).toMatch(/EUR .* no exchange rate on their day and are in no figure here/);
  });
});
