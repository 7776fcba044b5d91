import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHoldfast, type Holdfast } from './harness.ts';

let holdfast: Holdfast;

beforeAll(async () => {
  holdfast = await openHoldfast();
});
afterAll(() => holdfast?.stop());

/** Pages whose charts come with their data, after the frame. */
const pages = ['/discounts', '/discounts/discipline', '/teams', '/value', '/motions', '/coaching'];

/** In kB, gzipped: a page's own script is some 60, what draws charts is 145 more. */
const MOST_SCRIPT = 100;

/** Script that the page brought so far, gzipped, in kB. */
async function scriptOf(page: Page): Promise<number> {
  const sources = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map(({ name }) => name)
      .filter((name) => new URL(name).pathname.endsWith('.js')),
  );
  const sizes = [...new Set(sources)].map(
    async (source) => gzipSync(await (await fetch(source)).arrayBuffer()).length,
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0) / 1000;
}

/** What is seen of each figure: how many pictures, how many of them alive, whether the first says what it shows. */
const figuresOf = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('figure .place')].map((place) => {
      const svgs = [...place.querySelectorAll(':scope > div > svg')].filter((svg) => svg.clientWidth > 0);
      return {
        seen: svgs.length,
        alive: svgs.filter((svg) => svg.closest('.living')).length,
        isLabelled: (svgs[0]?.getAttribute('aria-label') ?? '') !== '',
      };
    }),
  );

const drawn = { seen: 1, alive: 0, isLabelled: true };
const alive = { ...drawn, alive: 1 };

test.each(pages)('%s comes with its charts drawn, and brings what draws them when asked to', async (path) => {
  const { page, complaints, close } = await holdfast.visit(path);
  const figures = await figuresOf(page);
  expect(figures.length).toBeGreaterThan(0);
  expect(figures).toEqual(figures.map(() => drawn));
  expect(await scriptOf(page)).toBeLessThan(MOST_SCRIPT);
  await page.setViewportSize({ width: 390, height: 900 });
  expect(await figuresOf(page)).toEqual(figures.map(() => drawn));

  await page.locator('figure .place').last().hover();
  await page.locator('figure .place').last().locator('.living > svg').waitFor();
  expect(await figuresOf(page)).toEqual([...figures.slice(1).map(() => drawn), alive]);
  expect(await scriptOf(page)).toBeGreaterThan(MOST_SCRIPT);
  await page.emulateMedia({ media: 'print' });
  expect(await figuresOf(page)).toEqual(figures.map(() => drawn));
  expect(complaints).toEqual([]);
  await close();
});

test('a page opened by a link inside the site comes drawn too, and is drawn anew when asked otherwise', async () => {
  const { page, close } = await holdfast.visit('/');
  await page.locator('nav a[href^="/discounts"]').first().click();
  const trend = page.locator('#trend .drawn:visible > svg');
  await trend.waitFor();
  const figures = await figuresOf(page);
  expect(figures).toEqual(figures.map(() => drawn));
  const atFirst = await trend.innerHTML();

  await page.locator('#trend .place').hover();
  const living = page.locator('#trend .living > svg');
  await living.waitFor();
  const aliveAtFirst = await living.innerHTML();
  await page
    .locator('a[href^="/discounts?"][href*="region="]')
    .first()
    .evaluate((link: HTMLElement) => link.click());
  await page.waitForURL(/region=/);
  await expect.poll(() => living.innerHTML()).not.toBe(aliveAtFirst);
  await page.emulateMedia({ media: 'print' });
  expect(await trend.innerHTML()).not.toBe(atFirst);
  await close();
});
