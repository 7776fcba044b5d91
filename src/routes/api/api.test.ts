import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileFormats } from '$lib/download/file.ts';
import { dimensionById, everything, measureById, type Scope } from '$lib/metrics/request.ts';
import { deals, openCompany, sumsOf } from '../../../tests/smallCompany.ts';
import { GET as health } from '../healthz/+server.ts';
import { GET as rowsFile } from '../data/rows/+server.ts';
import { openApi } from '../openapi.json/document.ts';
import { GET as metrics } from './metrics/+server.ts';
import { GET as query } from './query/+server.ts';
import { GET as search } from './search/+server.ts';

const before = process.env.HOLDFAST_WAREHOUSE;
beforeAll(async () => {
  const { warehouse, file } = await openCompany();
  warehouse.close();
  process.env.HOLDFAST_WAREHOUSE = file;
});
afterAll(() => {
  if (before === undefined) delete process.env.HOLDFAST_WAREHOUSE;
  else process.env.HOLDFAST_WAREHOUSE = before;
});

type Handler = (event: never) => Response | Promise<Response>;

function ask(
  handler: Handler,
  search: string | URLSearchParams = '',
  scope: Scope = everything,
): Promise<Response> {
  const url = new URL(`http://127.0.0.1/x?${search}`);
  return Promise.resolve(handler({ url, locals: { scope } } as never));
}

async function body<Shape>(answer: Response): Promise<Shape> {
  return (await answer.json()) as Shape;
}

const won = deals.filter(({ is_won }) => is_won);

describe('GET /api/query', () => {
  it('answers with what the contract names', async () => {
    const answer = await ask(query, 'measures=discount,deals&by=region&period=2024&compare=previous');
    const said = await body<Record<string, unknown>>(answer);
    expect(answer.status).toBe(200);
    expect(Object.keys(said).toSorted()).toEqual([
      'build_id',
      'columns',
      'compared_with',
      'coverage',
      'n',
      'period',
      'rows',
      'totals',
    ]);
    const within = won.filter(({ closed_on }) => closed_on.startsWith('2024'));
    expect(said.totals).toMatchObject({
      discount: sumsOf(within.flatMap(({ lines }) => lines)).discount,
      deals: within.length,
    });
    expect(said.n).toBe(within.length);
  });

  it.each(fileFormats.filter((format) => format !== 'json'))('gives a file as %s', async (format) => {
    const answer = await ask(query, `measures=discount&by=product_name&format=${format}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename="discount-by-product-name.${format}"`,
    );
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(50);
  });

  it('answers nobody about deals of people whom they may not see', async () => {
    const owner = won[0]!.owner_id;
    const theirs = won.filter(({ owner_id }) => owner_id === owner);
    const scope: Scope = { kind: 'people', ids: [owner] };
    const { totals } = await body<{ totals: { deals: number } }>(
      await ask(query, 'measures=deals&by=product_name', scope),
    );
    expect(totals.deals).toBe(theirs.length);
    expect(theirs.length).toBeLessThan(won.length);
    const file = await ask(query, 'measures=deals&by=deal_id&format=csv', scope);
    expect((await file.text()).trimEnd().split('\r\n')).toHaveLength(theirs.length + 1);
  });

  it('writes what a spreadsheet would run as text', async () => {
    const answer = await ask(query, 'measures=net_amount&by=product_name&format=csv');
    expect(await answer.text()).toContain(`\r\n'=cmd|' /C calc'!A0,`);
  });

  it.each([
    ['measures=nope', 'measures', 'discount'],
    ['', 'measures', 'discount'],
    ['measures=discount&by=nope', 'by', 'region'],
    ['measures=discount&nope=1', 'nope', 'region'],
    ['measures=discount&__proto__=1', '__proto__', 'region'],
    ['measures=discount&constructor=1', 'constructor', 'region'],
    ['measures=discount&region=a&region=b', 'region', undefined],
    ['measures=discount&measures=deals', 'measures', undefined],
    ['measures=discount&format=exe', 'format', 'parquet'],
    ['measures=discount&period=soon', 'period', '2024-Q1'],
    ['measures=discount&compare=never', 'compare', 'previous'],
    ['measures=discount&limit=-1', 'limit', undefined],
    ['measures=discount&sort=region', 'sort', 'discount'],
    ['measures=discount&rates=best', 'rates', 'plan'],
    ['measures=discount&is_won=perhaps', 'is_won', 'true'],
    ['measures=quota&by=product_name', 'measures', undefined],
  ])('refuses %s, naming the parameter', async (asked, parameter, allowed) => {
    const answer = await ask(query, asked);
    const said = await body<{ error: string; parameter: string; allowed: string[] }>(answer);
    expect(answer.status).toBe(400);
    expect(said.parameter).toBe(parameter);
    if (allowed) expect(said.allowed).toContain(allowed);
  });

  it.each(['closed_on=2026-02-31..', 'fiscal_year=0x10', 'period=2026-02-31..'])(
    'refuses %s, which no calendar or database reads',
    async (asked) => {
      expect((await ask(query, `measures=discount&${asked}`)).status).toBe(400);
    },
  );

  it('takes hostile values for values: nothing matches them, nothing breaks', async () => {
    for (const value of [
      `'; drop table marts.fact_deal; --`,
      '$p0',
      '{won}',
      '%',
      '\0',
      'x'.repeat(10_000),
      '💥',
    ]) {
      const answer = await ask(query, new URLSearchParams({ measures: 'deals', region: value }));
      expect(answer.status).toBe(200);
      expect((await body<{ totals: object }>(answer)).totals).toEqual({ deals: 0 });
    }
    const still = await ask(query, 'measures=deals');
    expect((await body<{ totals: object }>(still)).totals).toEqual({ deals: won.length });
  });

  it('never fails on whatever is asked', async () => {
    const name = fc.oneof(
      fc.constantFrom('measures', 'by', 'period', 'compare', 'sort', 'limit', 'offset', 'rates', 'region!'),
      fc.constantFrom(...dimensionById.keys()),
      fc.string({ maxLength: 12 }),
    );
    const value = fc.oneof(
      fc.constantFrom(
        'discount',
        'region',
        '2024',
        '2024-Q2',
        '..',
        '2024-01-01..',
        'previous',
        'true',
        ',',
        '1e9',
        'NaN',
      ),
      fc.string({ unit: 'binary', maxLength: 30 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(name, value), { maxLength: 5 }), async (parameters) => {
        const asked = new URLSearchParams([['measures', 'discount'], ...parameters]);
        expect([200, 400]).toContain((await ask(query, asked)).status);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the other addresses', () => {
  it('lists the dictionary', async () => {
    const { metrics: all } = await body<{ metrics: { id: string }[] }>(await ask(metrics));
    expect(all.map(({ id }) => id)).toEqual([...measureById.keys(), ...dimensionById.keys()]);
  });

  it('searches, and refuses what it does not know', async () => {
    const { hits } = await body<{ hits: { label: string }[] }>(await ask(search, 'q=yarr'));
    expect(hits.map(({ label }) => label)).toEqual(['Yarrow']);
    expect((await ask(search, 'query=yarr')).status).toBe(400);
    expect((await ask(search)).status).toBe(200);
  });

  it('gives the rows that were left out', async () => {
    const text = await (await ask(rowsFile, 'show=rows.rejected')).text();
    expect(text.split('\r\n').filter(Boolean)).toHaveLength(2);
    expect((await ask(rowsFile, 'show=rows.all')).status).toBe(400);
  });

  it('describes itself with exactly the ids of the catalogue', async () => {
    const document = openApi('1') as {
      paths: Record<
        string,
        { get: { parameters: { name: string; schema: { items?: { enum: string[] } } }[] } }
      >;
    };
    const { parameters } = document.paths['/api/query']!.get;
    const listed = (name: string) => parameters.find((one) => one.name === name)!.schema.items!.enum;
    const settings = [
      'measures',
      'by',
      'period',
      'compare',
      'rates',
      'hierarchy',
      'credit',
      'sort',
      'limit',
      'offset',
      'format',
    ];
    expect(listed('measures')).toEqual([...measureById.keys()]);
    expect(listed('by')).toEqual(
      [...dimensionById.values()].filter((one) => !one.filterOnly).map(({ id }) => id),
    );
    expect(parameters.map(({ name }) => name)).toEqual([...settings, ...dimensionById.keys()]);
    expect(Object.keys(document.paths)).toEqual(['/api/query', '/api/metrics', '/api/search', '/healthz']);
  });

  it('is healthy while there is a build', async () => {
    const answer = await ask(health);
    const said = await body<{ build_id: string }>(answer);
    expect(answer.status).toBe(200);
    expect(said.build_id).toMatch(/^\d{8}T\d{6}-[0-9a-f]{8}$/);
  });
});
