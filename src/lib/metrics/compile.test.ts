import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BadRequest } from './badRequest.ts';
import { compile } from './compile.ts';
import { dimensions } from './dimensions.ts';
import { measures } from './measures.ts';
import { everything, parseRequest } from './request.ts';

const none = { now: null, before: null };
const of = (search: string) => compile(parseRequest(new URLSearchParams(search)), none, everything);

describe('the compiler', () => {
  it('binds every value and writes none of them', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 6 }), (value) => {
        const search = new URLSearchParams({ measures: 'discount', region: value.replaceAll(',', '') });
        const { sql, parameters } = compile(parseRequest(search), none, everything);
        const plain = of('measures=discount&region=x').sql;
        expect(sql).toBe(plain);
        expect(Object.values(parameters)).toEqual(search.get('region') === '' ? [] : [search.get('region')]);
      }),
      { examples: [["x'); drop table deal; --"], ['$p0 or true']] },
    );
  });

  it('counts won deals unless a filter says which deals', () => {
    expect(of('measures=discount').sql).toMatch(/where is_won\b/);
    expect(of('measures=discount&is_won=false').sql).not.toMatch(/where is_won\b|and is_won\b/);
    expect(of('measures=discount&stage=Proposal').sql).not.toContain('is_won');
    expect(of('measures=win_rate&is_closed=true').sql).toContain('filter (where is_closed and is_won)');
  });

  it('applies the scope of the reader to every fact', () => {
    const request = parseRequest(new URLSearchParams('measures=discount,billed_net&by=region'));
    const { sql, parameters } = compile(request, none, { kind: 'people', ids: ['ann', 'bob'] });
    expect(sql.match(/rep_id in \(/g)).toHaveLength(2);
    expect(Object.values(parameters)).toEqual(['["ann","bob"]']);
    const parts = compile(request, none, { kind: 'people', ids: [] });
    expect([parts.sql.match(/where false/g)?.length, parts.parameters]).toEqual([2, {}]);
    // For those who see everything it is not even there.
    expect(compile(request, none, everything).sql).not.toMatch(/rep_id|where true/);
    expect(compile(request, none, { kind: 'people', ids: [] }).sql).toContain('where false');
    // What is not told by person can't be shown to someone who may see only some people.
    const funds = parseRequest(new URLSearchParams('measures=rebates'));
    expect(compile(funds, none, { kind: 'people', ids: ['ann'] }).sql).toContain('where false');
  });

  it('refuses measures that do not share a dimension asked for, by name', () => {
    expect(() => of('measures=quota&by=segment')).toThrow('"quota" is not known by "segment".');
    expect(() => of('measures=discount,rebates&by=product_name')).toThrow(
      '"rebates" is not known by "product_name".',
    );
  });

  it('answers discounts by deal type from lines, and deals from deals', () => {
    const { sql } = of('measures=discount,deals&by=deal_type');
    expect(sql).toContain('from marts.fact_deal_line');
    expect(sql).toMatch(/from marts\.fact_deal\b(?!_line)/);
  });
});

describe('the grammar', () => {
  const parse = (search: string) => parseRequest(new URLSearchParams(search));

  it('reads lists, negation, unknown and spans', () => {
    expect(parse('measures=discount&region=West,East').filters).toEqual([
      { dimension: 'region', not: false, kind: 'one of', values: ['West', 'East'] },
    ]);
    expect(parse('measures=discount&region!=West').filters[0]).toMatchObject({ not: true });
    expect(parse('measures=discount&region=').filters[0]).toMatchObject({ values: [''] });
    expect(parse('measures=discount&account_name=Acme\\, Inc.').filters[0]).toMatchObject({
      values: ['Acme, Inc.'],
    });
    expect(parse('measures=discount&closed_on=2026-01-01..').filters[0]).toEqual({
      dimension: 'closed_on',
      not: false,
      kind: 'between',
      from: '2026-01-01',
      to: null,
    });
  });

  it.each([
    ['', 'measures'],
    ['measures=nope', 'measures'],
    ['measures=discount&by=nope', 'by'],
    ['measures=discount&by=reports_to', 'by'],
    ['measures=discount&nope=1', 'nope'],
    ['measures=discount&is_won=maybe', 'is_won'],
    ['measures=discount&fiscal_year=x', 'fiscal_year'],
    ['measures=discount&fiscal_year=0x10', 'fiscal_year'],
    ['measures=discount&closed_on=2026-02-31..', 'closed_on'],
    ['measures=discount&sort=region', 'sort'],
    ['measures=discount&limit=-1', 'limit'],
    ['measures=discount&compare=later', 'compare'],
    ['measures=discount&rates=best', 'rates'],
  ])('refuses %s and names the parameter %s', (search, parameter) => {
    expect(() => parse(search)).toThrow(BadRequest);
    expect(() => parse(search)).toThrow(expect.objectContaining({ parameter }));
  });
});

describe('the catalogue', () => {
  it('names each thing once, in words, with SQL for at least one fact', () => {
    const all = [...measures, ...dimensions];
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    for (const { definition, sql, id } of all) {
      expect(definition, id).toMatch(/[.…]$/);
      expect(Object.keys(sql).length, id).toBeGreaterThan(0);
    }
  });
});
