import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeViolations, openHoldfast, overflow, type Holdfast, type Theme } from './harness.ts';

const pictures = process.env.HOLDFAST_PICTURES ?? join(tmpdir(), 'holdfast-pages');
const themes: Theme[] = ['light', 'dark'];
const widths = [1440, 390];

let holdfast: Holdfast;

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  holdfast = await openHoldfast();
});

afterAll(async () => {
  await holdfast?.stop();
});

/** Where each page is. A deal and a customer are found as a reader finds them: through the pages that list them. */
const pages = {
  overview: () => '/',
  discounts: () => '/discounts',
  motions: () => '/motions',
  forecast: () => '/forecast',
  ownership: () => '/ownership',
  value: () => '/value',
  maturity: () => '/maturity',
  questionnaire: () => '/maturity/questionnaire',
  deals: () => '/deals',
  deal: () => firstLink('/deals', '/deals/'),
  customer: async () => firstLink(await pages.deal(), '/customers/'),
  teams: () => '/teams',
  rep: () => firstLink('/teams', '/teams/reps/'),
  manager: () => firstLink('/teams?unit=manager', '/teams/managers/'),
  data: () => '/data',
  exports: () => '/exports',
  metrics: () => '/metrics',
  coaching: () => '/coaching',
};
type PageName = keyof typeof pages;
const names = Object.keys(pages) as PageName[];

const links = new Map<string, Promise<string>>();

function firstLink(page: string, to: string): Promise<string> {
  const href = links.get(to) ?? lookForLink(page, to);
  links.set(to, href);
  return href;
}

/** The first link to a path that begins with `to`, in the main part of the page. */
async function lookForLink(page: string, to: string): Promise<string> {
  const visit = await holdfast.visit(page);
  const link = visit.page.locator(`main a[href^="${to}"]`).first();
  const href = await link.getAttribute('href', { timeout: 5_000 });
  await visit.close();
  if (!href) throw new Error(`No link to ${to} on ${page}`);
  return href;
}

const views = widths.flatMap((width) => themes.map((theme) => ({ width, theme })));

describe.each(names)('%s', (name) => {
  it.each(views)('reads well at $width px in $theme', async (view) => {
    const { page, status, complaints, close } = await holdfast.visit(await pages[name](), view);
    await page.screenshot({
      path: join(pictures, `${name}-${view.width}-${view.theme}.png`),
      fullPage: true,
    });
    // One comparison, so that a page that fails says everything that is wrong with it at once.
    const found = { status, axe: await axeViolations(page), overflow: await overflow(page), complaints };
    expect(found).toEqual({ status: 200, axe: [], overflow: 0, complaints: [] });
    await close();
  });
});

describe('keyboard', () => {
  it('reaches the skip link first, and the page through it', async () => {
    const { page, close } = await holdfast.visit('/discounts');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('href'))).toBe('#main');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
    await close();
  });

  it.each(names)('opens search with / on %s', async (name) => {
    const { page, close } = await holdfast.visit(await pages[name]());
    await page.keyboard.press('/');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('search');
    await close();
  });
});
