import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { holdfast as run } from '../demoWarehouse.ts';
import { files, openCompany } from '../smallCompany.ts';
import { axeViolations, openHoldfast, overflow, type Holdfast, type Theme } from './harness.ts';

const home = mkdtempSync(join(tmpdir(), 'holdfast-builds-'));
const out = join(home, 'company.duckdb');
let holdfast: Holdfast;

beforeAll(async () => {
  const { warehouse, file } = await openCompany();
  warehouse.close();
  copyFileSync(file, out);
  writeFileSync(join(home, 'holdfast.yaml'), 'fiscal_year_start: 1\n');
  const next = join(home, 'next');
  mkdirSync(next);
  // A week later one deal is won and one has moved to another quarter; a line is sold for less.
  const deals = files['deal.csv']!.replace('"Negotiation","false","false"', '"Won","true","true"');
  writeFileSync(join(next, 'deal.csv'), deals.replace(/^("D5",.*)"2024-[\d-]+"$/m, '$1"2024-12-24"'));
  writeFileSync(
    join(next, 'deal_line.csv'),
    files['deal_line.csv']!.replace(/^("L4-0",.*)"[\d.]+","disc/m, '$1"1.00","disc'),
  );
  await run(
    'load',
    next,
    '--out',
    out,
    '--exported-at',
    '2026-02-07',
    '--config',
    join(home, 'holdfast.yaml'),
  );
  holdfast = await openHoldfast(out);
});
afterAll(async () => {
  await holdfast?.stop();
  rmSync(home, { recursive: true, force: true });
});

const back = async (): Promise<string> => {
  const { page, close } = await holdfast.visit('/data');
  const href = await page.locator('a[href^="/data/back"]').first().getAttribute('href');
  await close();
  return href!;
};
const pages = {
  changes: async () => '/data/changes',
  'one cause': async () => '/data/changes?cause=edited',
  back,
};

it.each(
  (Object.keys(pages) as (keyof typeof pages)[]).flatMap((name) =>
    [1440, 390].flatMap((width) => (['light', 'dark'] as Theme[]).map((theme) => ({ name, width, theme }))),
  ),
)('$name reads well at $width px in $theme', async ({ name, width, theme }) => {
  const { page, status, complaints, close } = await holdfast.visit(await pages[name](), { width, theme });
  const found = { status, axe: await axeViolations(page), overflow: await overflow(page), complaints };
  expect(found).toEqual({ status: 200, axe: [], overflow: 0, complaints: [] });
  await close();
});

it('goes back with one button, and forward again, without a new start', async () => {
  const { page, complaints, close } = await holdfast.visit('/data');
  const build = async () => {
    const told = await page.request.get(`${holdfast.url}/healthz`);
    return ((await told.json()) as { build_id: string }).build_id;
  };
  const later = await build();
  await page.getByRole('link', { name: 'go back to it' }).click();
  await page.getByRole('button', { name: 'Publish this build' }).click();
  await page.getByRole('link', { name: 'go forward to it' }).waitFor();
  expect(await build()).not.toBe(later);
  await page.getByRole('link', { name: 'go forward to it' }).click();
  await page.getByRole('button', { name: 'Publish this build' }).click();
  await page.getByRole('link', { name: 'go back to it' }).waitFor();
  expect(await build()).toBe(later);
  const refused = await page.request.post(`${holdfast.url}/data/back`, {
    form: { to: later },
    headers: { origin: 'http://elsewhere.example' },
  });
  expect(refused.status()).toBe(403);
  expect(complaints).toEqual([]);
  await close();
});

it('opens a difference down to its deals and into files that add up', async () => {
  const { page, close } = await holdfast.visit('/data/changes');
  await page.locator('#causes a', { hasText: 'amounts edited' }).click();
  await page.waitForURL(/cause=edited/);
  await page.locator('#deals tbody tr').nth(1).waitFor({ state: 'detached' });
  expect(await page.locator('#deals tbody th').textContent()).toContain('Deal 4');
  expect(await page.locator('#deals tbody tr').count()).toBe(1);
  const csv = await (await page.request.get(`${holdfast.url}/data/changes/file?format=csv`)).text();
  const rows = csv
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','));
  const net = rows[0]!.findIndex((name) => name.includes('net_amount') || name.startsWith('Net'));
  const sum = rows.slice(1).reduce((total, row) => total + Number(row[net]), 0);
  const total = await page.locator('#sums tfoot td').nth(4).textContent();
  expect(sum.toFixed(2)).toBe(total!.trim().replaceAll(',', '').replace('−', '-').replace('+', ''));
  await close();
});
