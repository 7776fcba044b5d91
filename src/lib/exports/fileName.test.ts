import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeName } from './fileName.ts';

describe('the name a file is kept under', () => {
  it.each([
    ['Opportunity.csv', 'Opportunity.csv'],
    ['exports/2026/deals.csv', 'exports - 2026 - deals.csv'],
    ['../../etc/passwd', 'etc - passwd'],
    ['C:\\exports\\deals.csv', 'C- - exports - deals.csv'],
    ['.hidden.csv', 'hidden.csv'],
    ['--config.csv', 'config.csv'],
    ['con.csv', 'file con.csv'],
    ['a\u0000b\u202e.csv', 'ab.csv'],
    ['Umsätze "Q3"?.csv', 'Umsätze -Q3--.csv'],
  ])('of %j is %j', (given, kept) => expect(safeName(given)).toBe(kept));

  it.each(['', '..', '///', '\u0000'])('is none of %j', (given) => expect(safeName(given)).toBeNull());

  it('is one plain name that keeps its ending, whatever is given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (given) => {
        const name = safeName(`${given}x.csv.gz`)!;
        expect(name).toMatch(/^[^./\\\s-][^/\\]*\.csv\.gz$/u);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
      }),
      { numRuns: 200 },
    );
  });
});
