import type { RequestEvent } from '@sveltejs/kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everything } from '$lib/access/scope.ts';
import { moneyInWords } from '$lib/design/formats.ts';
import { demoWarehouse } from '../demoWarehouse.ts';

type Load = (event: RequestEvent) => Promise<unknown>;
const files = import.meta.glob<{ load: Load }>('../../src/routes/**/+page.server.ts');

const before = process.env.HOLDFAST_WAREHOUSE;
beforeAll(async () => {
  process.env.HOLDFAST_WAREHOUSE = (await demoWarehouse()).warehouse;
});
afterAll(() => {
  if (before === undefined) delete process.env.HOLDFAST_WAREHOUSE;
  else process.env.HOLDFAST_WAREHOUSE = before;
});

/** What a page's own loader answers at an address. */
async function loaded(address: string): Promise<unknown> {
  const url = new URL(address, 'http://127.0.0.1');
  const { load } = await files[`../../src/routes${url.pathname}/+page.server.ts`]!();
  return load({ url, params: {}, locals: { scope: everything }, depends() {} } as unknown as RequestEvent);
}

interface Link {
  href: string;
  stated: number;
}
type Part = Record<string, unknown>;

const opensDeals = (href: unknown): href is string => typeof href === 'string' && href.startsWith('/deals?');

/** "all 140 deals", "1,515 open deals": the number said of deals, where one is. */
const numberOfDeals = (words: unknown): number[] => {
  const said = typeof words === 'string' ? /([\d,]+) (?:\w+ )?deals?\b/.exec(words)?.[1] : undefined;
  return said === undefined ? [] : [Number(said.replaceAll(',', ''))];
};

/** Links to deals with the number that the page says beside them: rows' column of deals, doors' and sections' words. */
function linksIn(said: unknown): Link[] {
  if (typeof said !== 'object' || said === null) return [];
  const part = said as Part;
  const cells = (part.cells ?? {}) as Part;
  const links = (part.links ?? {}) as Part;
  const found: [unknown, unknown[]][] = [
    [part.href, [...numberOfDeals(part.label), cells.deals]],
    [part.deals, numberOfDeals(part.basis)],
    // A link on money opens as many deals as carry it.
    ...Object.entries(links).map(([id, href]): [unknown, unknown[]] => [
      href,
      id === 'discount' ? [] : [cells[id]],
    ]),
  ];
  const own = found.flatMap(([href, stated]) =>
    opensDeals(href)
      ? stated.flatMap((n): Link[] => (typeof n === 'number' ? [{ href, stated: n }] : []))
      : [],
  );
  return [...own, ...Object.values(part).flatMap(linksIn)];
}

const pages: [string, number][] = [
  ['/ownership', 3],
  ['/ownership?period=2027-Q2', 1],
  ['/ownership?region=West&late=90', 1],
  ['/ownership?at_stage=4&rates=actual', 3],
  ['/value', 10],
  ['/value?by=region', 15],
  ['/value?by=rep_id&region=West', 10],
  ['/value?by=fiscal_quarter', 10],
  ['/value?by=segment&period=2026', 10],
  ['/discounts', 20],
  ['/discounts?region=West&rates=actual', 10],
];

/** Links of the page with the deals that they open, where these are not as many as it says. */
async function wrongOn(links: Link[]) {
  const wrong: (Link & { opened: number })[] = [];
  for (const link of new Map(links.map((each) => [`${each.href} ${each.stated}`, each])).values()) {
    const { list } = (await loaded(link.href)) as { list: { count: number } };
    if (list.count !== link.stated) wrong.push({ ...link, opened: list.count });
  }
  return wrong.map((each) => ({ ...each, href: each.href.slice(0, 160) }));
}

/** Pages that the conditions of the maturity page open as their evidence. */
function evidenceIn(said: unknown): string[] {
  if (typeof said !== 'object' || said === null) return [];
  const { href } = said as Part;
  const own = typeof href === 'string' && /^\/(value|coaching|ownership)\b/.test(href) ? [href] : [];
  return [...new Set([...own, ...Object.values(said).flatMap(evidenceIn)])];
}

interface LostSection {
  answer: string;
  rows: { links: { discount: string }; cells: { discount: number } }[];
  doors: { href: string }[];
}

async function discountBehind(href: string): Promise<number> {
  const { list } = (await loaded(href)) as { list: { totals: { discount: number } } };
  return list.totals.discount;
}

describe('the deals behind a number', () => {
  it.each(pages)('on %s are as many as it says', async (address, atLeast) => {
    const links = linksIn(await loaded(address));
    expect(links.length).toBeGreaterThanOrEqual(atLeast);
    expect(await wrongOn(links)).toEqual([]);
  });

  it('are as many as it says on what the maturity page leads to', async () => {
    const evidence = evidenceIn(await loaded('/maturity'));
    expect(evidence.length).toBeGreaterThan(2);
    const links = (await Promise.all(evidence.map(loaded))).flatMap(linksIn);
    expect(links.length).toBeGreaterThan(10);
    expect(await wrongOn(links)).toEqual([]);
  });

  it.each(['/discounts', '/discounts?region=West&period=2026&rates=actual'])(
    'on customers who left on %s carry the discount said of them',
    async (address) => {
      const { further } = (await loaded(address)) as { further: { leadsTo: { lost: LostSection } } };
      const { leadsTo } = further;
      const rows = leadsTo.lost.rows.slice(0, 3);
      expect(rows.length).toBeGreaterThan(0);
      for (const { links, cells } of rows)
        expect(await discountBehind(links.discount)).toBeCloseTo(cells.discount, 2);
      const left = await discountBehind(leadsTo.lost.doors[0]!.href);
      const said = /, (\S+) \([\d.]+%\) bought nothing/.exec(leadsTo.lost.answer)![1];
      expect(moneyInWords(left, 'USD')).toBe(said);
    },
  );
});
