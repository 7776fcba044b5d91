import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHoldfast, type Holdfast } from './harness.ts';

let holdfast: Holdfast | undefined;

beforeAll(async () => {
  holdfast = await openHoldfast();
}, 120_000);
afterAll(() => holdfast?.stop());

/** Pages that show their frame first, and a place in the part that comes after. */
const pages = [
  ['/discounts', 'concentration'],
  ['/discounts/discipline', 'recoverable'],
  ['/teams', 'discount'],
  ['/value', 'evidence'],
  ['/motions', 'retention'],
  ['/coaching', 'effect'],
] as const;

const tables = /<table/g;
const isWaiting = (page: string) => page.includes('Working it out');

test.each(pages)(
  '%s shows its questions first, then their answers, and then all at once',
  async (path, id) => {
    const { url, browser } = holdfast!;
    // A period that nobody has asked about yet.
    const address = `${url}${path}?period=2027`;
    const open = () =>
      fetch(address, { headers: { 'sec-fetch-dest': 'document' } }).then((page) => page.text());
    const first = await open();
    expect(first).toContain(`id="${id}"`);
    expect(first).toContain('Working it out');
    const page = await browser.newPage();
    await page.goto(`${address}#${id}`);
    await page.locator(`#${id} .answer, #${id} .missing`).first().waitFor();
    expect(await page.getByText('Working it out').count()).toBe(0);
    await page.close();
    const again = await open();
    expect(isWaiting(again)).toBe(false);
    expect((again.match(tables) ?? []).length).toBeGreaterThan((first.match(tables) ?? []).length);
  },
);

test('a reader without scripts is led to the whole page', async () => {
  const { url, browser } = holdfast!;
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${url}/teams?period=2026`);
  await page.waitForURL(/whole/);
  await page.locator('#discount .answer').waitFor();
  await context.close();
});

test('a program is given all of it at once', async () => {
  const page = await (await fetch(`${holdfast!.url}/teams?period=2027`)).text();
  expect(isWaiting(page)).toBe(false);
  expect(page.includes('<table')).toBe(true);
});
