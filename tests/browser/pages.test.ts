import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeViolations, openHoldfast, overflow, type Holdfast, type Visit } from './harness.ts';

/** A folder for a picture of each view; none are taken without it. */
const pictures = process.env.HOLDFAST_PICTURES;

let holdfast: Holdfast;

beforeAll(async () => {
  if (pictures) mkdirSync(pictures, { recursive: true });
  holdfast = await openHoldfast();
});

afterAll(async () => {
  await holdfast?.stop();
});

/** Where each page is. A deal and a customer are found as a reader finds them: through the pages that list them. */
const pages = {
  overview: () => '/',
  findings: () => '/findings',
  finding: () => firstLink('/findings', '/findings?open='),
  discounts: () => '/discounts',
  discipline: () => '/discounts/discipline',
  whatIf: () => '/discounts/discipline/what-if',
  requests: () => firstLink('/discounts/discipline?whole', '/discounts/discipline/requests'),
  leakage: () => '/leakage',
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

/** One after another on the same page: a theme changes colours alone, so a width's second theme is tried for those. */
const views = [
  { width: 1440, theme: 'light', rules: undefined },
  { width: 1440, theme: 'dark', rules: ['color-contrast'] },
  { width: 390, theme: 'dark', rules: undefined },
  { width: 390, theme: 'light', rules: ['color-contrast'] },
] as const;

describe.each(names)('%s', (name) => {
  let visit: Visit;

  beforeAll(async () => {
    visit = await holdfast.visit(await pages[name]());
  });
  afterAll(() => visit?.close());

  it.each(views)('reads well at $width px in $theme', async ({ width, theme, rules }) => {
    const { page, status, complaints } = visit;
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: theme });
    if (pictures)
      await page.screenshot({ path: join(pictures, `${name}-${width}-${theme}.png`), fullPage: true });
    // One comparison, so that a page that fails says everything that is wrong with it at once.
    const found = {
      status,
      axe: await axeViolations(page, rules),
      overflow: await overflow(page),
      complaints,
    };
    expect(found).toEqual({ status: 200, axe: [], overflow: 0, complaints: [] });
  });

  it('opens search with /', async () => {
    await visit.page.setViewportSize({ width: 1440, height: 900 });
    await visit.page.keyboard.press('/');
    expect(await visit.page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('search');
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
});
