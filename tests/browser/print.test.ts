import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHoldfast, type Holdfast, type Visit } from './harness.ts';

let holdfast: Holdfast;
let visit: Visit;
beforeAll(async () => {
  holdfast = await openHoldfast();
});
afterAll(async () => {
  await holdfast?.stop();
});

/** Paper, and the width that its margins leave, in CSS pixels. */
const formats = [
  { format: 'A4', width: 680 },
  { format: 'Letter', width: 703 },
] as const;

/** Pages that go to meetings, with as many sheets as they may take. */
const pages = [
  { path: '/', most: 4 },
  { path: '/discounts', most: 16 },
  { path: '/discounts/discipline', most: 16 },
  { path: '/leakage', most: 20 },
  { path: '/deals', most: 10 },
  { path: '/forecast', most: 16 },
  { path: '/maturity', most: 16 },
  { path: '/data', most: 16 },
];

interface Sheet {
  background: string;
  /** What reaches over the right edge, with how far. */
  over: string[];
  /** Parts that belong on a screen alone. */
  controls: string[];
}

/** What stands on the paper, as the page lays it out. */
function sheet(): Sheet {
  const shown = (element: Element) =>
    element.getClientRects().length > 0 && !element.closest('.hidden') && !element.closest('svg g');
  const over = [...document.querySelectorAll('body *')].filter(
    (element) => shown(element) && element.getBoundingClientRect().right > innerWidth + 1,
  );
  const controls = [...document.querySelectorAll('nav, button, [type="search"], [popover], .panel')].filter(
    shown,
  );
  const name = (element: Element) =>
    `${element.tagName} ${Math.round(element.getBoundingClientRect().right)} ${element.textContent.trim().slice(0, 40)}`;
  return {
    background: getComputedStyle(document.body).backgroundColor,
    over: over.slice(0, 5).map(name),
    controls: controls.slice(0, 5).map(name),
  };
}

/** How often a text stands in the PDF's structure, which Chromium writes uncompressed. */
const count = (pdf: Buffer, text: RegExp) => [...pdf.toString('latin1').matchAll(text)].length;

describe.each(pages)('$path on paper, printed from a dark screen', ({ path, most }) => {
  beforeAll(async () => {
    visit = await holdfast.visit(path, { width: 1440, theme: 'dark' });
  });
  afterAll(async () => {
    await visit.close();
  });

  it.each(formats)('is ink on white within the width of $format, without controls', async ({ width }) => {
    await visit.page.setViewportSize({ width, height: 900 });
    await visit.page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const found = await visit.page.evaluate(sheet);
    expect(found).toEqual({ background: 'rgb(255, 255, 255)', over: [], controls: [] });
    await visit.page.emulateMedia({ media: null });
  });

  it.each(formats)('takes a sensible number of sheets of $format', async ({ format }) => {
    const pdf = await visit.page.pdf({ format, printBackground: true });
    const sheets = count(pdf, /\/Type\s*\/Page\b(?!s)/g);
    expect(sheets).toBeGreaterThanOrEqual(1);
    expect(sheets).toBeLessThanOrEqual(most);
    // The first sheet alone would be a page whose rest was cut off.
    if (most > 10) expect(sheets).toBeGreaterThan(2);
  });

  it('says where it is from and what was asked', async () => {
    await visit.page.emulateMedia({ media: 'print' });
    const head = await visit.page.locator('.paper').innerText();
    expect(head).toMatch(/Holdfast/);
    expect(head).toMatch(/Built \d/);
    expect(await visit.page.locator('.top').innerText()).not.toContain('All regions');
    await visit.page.emulateMedia({ media: null });
  });
});
