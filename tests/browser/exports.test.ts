import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../src/cli/prepare.js';
import { demoWarehouse } from '../demoWarehouse.ts';
import { deals, files as company, sumsOf } from '../smallCompany.ts';
import { axeViolations, openHoldfast, overflow, type Holdfast, type View } from './harness.ts';

const outside = join(root, '..', 'shared', 'data');
const pictures = process.env.HOLDFAST_PICTURES ?? join(tmpdir(), 'holdfast-pages');
const scratch = mkdtempSync(join(tmpdir(), 'holdfast-exports-'));
mkdirSync(pictures, { recursive: true });

let holdfast: Holdfast | undefined;
let number = 0;

/** A dashboard that has no data yet, as `holdfast serve --out` of a new file shows it. */
async function empty(): Promise<{ holdfast: Holdfast; kept: string }> {
  number += 1;
  holdfast = await openHoldfast(join(scratch, `company-${number}.duckdb`));
  return { holdfast, kept: join(scratch, `company-${number}.exports`) };
}

afterEach(async () => {
  await holdfast?.stop();
  holdfast = undefined;
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const csv = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
const smallCompany = Object.entries(company).map(([name, text]) => csv(name, text));

/** Adds files and waits until each has been looked at. */
async function add(page: Page, files: Parameters<Page['setInputFiles']>[1]) {
  await page.setInputFiles('input[name=file]', files);
  await page.waitForURL('**/exports/review', { timeout: 30_000 });
  await page.waitForFunction(() => !/^Reading/.test(document.querySelector('h1')?.textContent ?? 'Reading'), {
    timeout: 60_000,
  });
}

/** What is wrong with a state of the page as it stands. */
async function faults(page: Page, name: string) {
  await page.screenshot({ path: join(pictures, `exports-${name}.png`), fullPage: true });
  return { axe: await axeViolations(page), overflow: await overflow(page) };
}
const none = { axe: [], overflow: 0 };

const finding = (page: Page) => page.locator('h1').textContent();

/** One figure of the loaded company over all its deals, as anyone may ask for it. */
async function figure(page: Page, measure: string): Promise<number> {
  const answer = await page.request.get(`${holdfast!.url}/api/query?measures=${measure}`);
  const { rows } = (await answer.json()) as { rows: Record<string, string>[] };
  return Number(rows[0]![measure]);
}

async function loadAll(page: Page) {
  await page.getByRole('button', { name: 'Load', exact: true }).click();
  await page.waitForURL((url) => url.pathname === '/', { timeout: 150_000 });
}

describe('exports in the browser', () => {
  it('lead from nothing to the first figure, and then take the next ones', { timeout: 300_000 }, async () => {
    const { holdfast: own, kept } = await empty();
    const { page, complaints } = await own.visit('/');
    expect(new URL(page.url()).pathname).toBe('/exports');
    expect(await faults(page, 'add')).toEqual(none);

    await add(page, smallCompany);
    expect(await finding(page)).toBe(`All ${smallCompany.length} files can be loaded.`);
    expect(await faults(page, 'review')).toEqual(none);
    // Another tab sees the same, and what is decided in one holds in the other.
    const other = await own.visit('/exports/review', { width: 390, theme: 'dark' });
    expect(await finding(other.page)).toBe(`All ${smallCompany.length} files can be loaded.`);
    expect(await faults(other.page, 'review-narrow')).toEqual(none);
    await other.page.getByRole('button', { name: 'Leave out credit_note_line.csv' }).click();
    await other.page.getByText(`All ${smallCompany.length - 1} files`).waitFor();

    await page.getByRole('button', { name: 'Load', exact: true }).click();
    await page.waitForURL('**/exports/loading');
    expect(await faults(page, 'loading')).toEqual(none);
    await page.reload();
    await page.waitForURL((url) => url.pathname === '/', { timeout: 150_000 });
    expect(await figure(page, 'discount')).toBeCloseTo(
      sumsOf(deals.filter(({ is_won }) => is_won).flatMap(({ lines }) => lines)).discount,
      2,
    );
    expect(complaints).toEqual([]);

    await other.page.goto(`${own.url}/exports`);
    expect(await finding(other.page)).toBe('Add the next exports.');
    // What was decided stays with the exports, and what was loaded is kept by the day.
    expect(readdirSync(kept).sort()).toEqual([expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/), 'holdfast.yaml']);
    const saved = await page.request.get(`${own.url}/exports/holdfast.yaml`);
    expect(await saved.text()).toMatch(/^currency: USD$/m);
  });

  it('that are broken are named, and harm nothing', { timeout: 120_000 }, async () => {
    const { holdfast: own } = await empty();
    const { page } = await own.visit('/exports');
    const noise = Buffer.from(Array.from({ length: 20_000 }, (_, at) => (at * 7919) % 256));
    await add(page, [
      csv('deal.csv', company['deal.csv']!),
      {
        name: 'broken.csv.gz',
        mimeType: 'application/gzip',
        buffer: Buffer.concat([Buffer.from('1f8b0800', 'hex'), noise]),
      },
      { name: 'noise.csv', mimeType: 'text/csv', buffer: noise },
      {
        name: 'locked.xlsx',
        mimeType: 'text/csv',
        buffer: Buffer.from('d0cf11e0a1b11ae1'.repeat(90), 'hex'),
      },
      csv('one-line.csv', 'x'.repeat(5_000_000)),
      csv('dates.csv', 'deal_id,owner_id,closed_on,amount\n1,a,03/04/2026,5\n2,b,05/06/2026,7\n'),
    ]);
    expect(await finding(page)).toBe('1 of 6 files can be loaded.');
    expect(await page.getByText('can’t be read').count()).toBeGreaterThan(0);
    expect(await faults(page, 'broken')).toEqual(none);
    // What only a person can say is asked there and then.
    await page.getByRole('button', { name: /^Month first/ }).click();
    await page.getByText('2 of 6 files can be loaded.').waitFor({ timeout: 60_000 });
    for (const health of ['/healthz', '/exports']) {
      const answer = await page.request.get(own.url + health);
      expect(answer.status()).toBe(health === '/healthz' ? 503 : 200);
    }
  });

  it('can be added without scripts', async () => {
    const { holdfast: own } = await empty();
    const context = await own.browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${own.url}/exports`);
    await page.setInputFiles('input[type=file]', smallCompany.slice(0, 3));
    await page.getByRole('button', { name: 'Add them' }).click();
    await page.waitForURL('**/exports/review');
    await page.getByText('All 3 files can be loaded.').waitFor({ timeout: 30_000 });
    await context.close();
  });

  it('are taken from pages of this dashboard only', async () => {
    const { holdfast: own, kept } = await empty();
    const put = (headers: Record<string, string>) =>
      fetch(`${own.url}/exports/upload`, {
        method: 'PUT',
        body: 'a,b\n1,2\n',
        headers: { 'content-type': 'application/octet-stream', 'x-file-name': '..%2F..%2Fa.csv', ...headers },
      }).then(({ status }) => status);
    expect(await put({ origin: 'http://elsewhere.example' })).toBe(403);
    expect(await put({})).toBe(403);
    expect(existsSync(kept)).toBe(false);
    expect(await put({ origin: own.url })).toBe(200);
    expect(readdirSync(join(kept, 'next'))).toEqual(['a.csv']);
    const body = new URLSearchParams({ currency: 'USD' });
    const post = await fetch(`${own.url}/exports/loading`, {
      method: 'POST',
      body,
      headers: { origin: 'http://elsewhere.example' },
    });
    expect(post.status).toBe(403);
  });
});

/** Chooses in fields of the mapping, by their names, and waits for the preview that follows. */
async function choose(page: Page, chosen: Record<string, string>) {
  const shown = page.waitForResponse((response) => response.url().includes('/show') && response.ok(), {
    timeout: 120_000,
  });
  for (const [field, value] of Object.entries(chosen)) {
    const control = page.locator(`[name="${field}"]`);
    const isText = await control.evaluate((element) => {
      const details = element.closest('details');
      if (details) details.open = true;
      return element instanceof HTMLInputElement;
    });
    if (isText) {
      await control.fill(value);
      await control.blur();
    } else await control.selectOption(value);
  }
  await shown;
  await page.waitForFunction(() => document.querySelector('.buttons [role=status]')?.textContent === '');
}

async function saveMapping(page: Page) {
  await page.getByRole('button', { name: 'Save how it is read' }).click();
  await page.waitForURL('**/exports/review', { timeout: 120_000 });
}

async function mapping(page: Page, file: string) {
  await page.goto(`${holdfast!.url}/exports/mapping?file=${file}&proposal=0`, { waitUntil: 'networkidle' });
}

const maven = join(outside, 'maven_crm');

describe.skipIf(!existsSync(maven))('exports of a system nobody knows', () => {
  it('are mapped by hand and come to the known discount', { timeout: 400_000 }, async () => {
    const { holdfast: own } = await empty();
    const { page, complaints } = await own.visit('/exports');
    const names = ['accounts.csv', 'products.csv', 'sales_teams.csv', 'sales_pipeline.csv'];
    await add(
      page,
      names.map((name) => join(maven, name)),
    );
    expect(await finding(page)).toBe('No file can be loaded yet.');

    await mapping(page, 'accounts.csv');
    await choose(page, { '0.name.from': ':account' });
    await saveMapping(page);
    await mapping(page, 'products.csv');
    await choose(page, {
      '0.product_id.how': 'without blanks',
      '0.name.from': ':product',
      'table.1': 'list_price',
    });
    await choose(page, { '1.product_id.how': 'without blanks' });
    await saveMapping(page);
    await mapping(page, 'sales_teams.csv');
    await choose(page, { 'table.1': 'person' });
    await choose(page, { '1.name.from': ':sales_agent' });
    await saveMapping(page);
    await mapping(page, 'sales_pipeline.csv');
    await choose(page, { 'table.1': 'deal_line' });
    await choose(page, { '1.deal_line_id.from': ':opportunity_id', '1.product_id.how': 'without blanks' });
    expect(await page.inputValue('[name="1.net_amount.from"]')).toBe(':close_value');
    expect(await page.getByText('The first 10 rows as they would be loaded').count()).toBe(2);
    expect(await faults(page, 'mapping')).toEqual(none);
    await saveMapping(page);

    await page.getByText('All 4 files can be loaded.').waitFor({ timeout: 60_000 });
    await loadAll(page);
    // Of expected.json: what was won below list, and what that cost.
    expect(await figure(page, 'won_deals')).toBe(4238);
    expect(await figure(page, 'discount')).toBe(408_014);
    expect(complaints).toEqual([]);
  });
});

const wave = join(outside, 'salesforce_wave_demo');

describe.skipIf(!existsSync(wave))('exports of a known system', () => {
  it('are recognised and loaded as they are', { timeout: 300_000 }, async () => {
    const view: View = { width: 390, theme: 'light' };
    const { holdfast: own } = await empty();
    const { page } = await own.visit('/exports', view);
    const names = ['Account', 'Opportunity', 'OpportunityLineItem', 'PricebookEntry', 'Product2', 'User'];
    await add(
      page,
      names.map((name) => join(wave, `${name}.csv`)),
    );
    expect(await finding(page)).toBe('All 6 files can be loaded.');
    expect(await faults(page, 'recognised')).toEqual(none);
    await loadAll(page);
    expect(await figure(page, 'won_deals')).toBe(1166);
    expect(await figure(page, 'net_amount')).toBe(81_674_862);
  });
});

const northwind = join(outside, 'northwind');

describe.skipIf(!existsSync(northwind))('while the demo company is shown', () => {
  // Made outside of the test, whose time is for the way through the pages.
  beforeAll(async () => void (await demoWarehouse()), 400_000);

  it('take its place, worked out from the columns there are', { timeout: 400_000 }, async () => {
    const warehouse = join(scratch, 'northwind.duckdb');
    holdfast = await openHoldfast(undefined, '--load-into', warehouse);
    const { page, complaints } = await holdfast.visit('/exports');
    await page.getByText('What you see so far is an invented company.').waitFor();
    await add(
      page,
      ['orders.csv', 'order_details.csv'].map((name) => join(northwind, name)),
    );
    const sayIs = async (file: string, table: string) => {
      await page.goto(`${holdfast!.url}/exports/mapping?file=${file}`, { waitUntil: 'networkidle' });
      await choose(page, { 'table.0': table });
    };
    await sayIs('orders.csv', 'deal');
    await choose(page, {
      '0.is_closed.from': '=always',
      '0.is_closed.text': 'true',
      '0.is_won.from': '=always',
      '0.is_won.text': 'true',
    });
    await saveMapping(page);
    await sayIs('order_details.csv', 'deal_line');
    await choose(page, {
      '0.deal_line_id.from': '=calculated',
      '0.deal_line_id.text': "orderID || '/' || productID",
      '0.net_amount.from': '=calculated',
      '0.net_amount.text': 'unitPrice * quantity * (1 - discount)',
      '0.discount_percent.from': '',
    });
    await saveMapping(page);
    await page.getByText('All 2 files can be loaded.').waitFor({ timeout: 60_000 });
    await loadAll(page);
    expect(await figure(page, 'won_deals')).toBe(830);
    expect(await figure(page, 'discount')).toBeCloseTo(88_665.55, 1);
    expect(complaints).toEqual([]);
  });
});
