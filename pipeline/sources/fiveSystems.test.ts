import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { billed } from './billed.fixture.ts';
import { credited, net, systems, whole, type Bill, type Reason } from './fiveSystems.fixture.ts';

/** What is off the whole bill, in proportion to what its lines have left, the largest remainders first. */
function shares(bill: Bill): number[] {
  const left = bill.lines.map((line) => BigInt(line.amount - line.off));
  const all = left.reduce((total, one) => total + one, 0n);
  if (all === 0n) return left.map(() => 0);
  const parts = left.map((one) => (BigInt(bill.off) * one) / all);
  const rests = left.map((one, n) => ({ n, rest: (BigInt(bill.off) * one) % all }));
  const missing = BigInt(bill.off) - parts.reduce((total, one) => total + one, 0n);
  rests.sort((a, b) => (a.rest === b.rest ? a.n - b.n : a.rest > b.rest ? -1 : 1));
  for (const { n } of rests.slice(0, Number(missing))) parts[n]! += 1n;
  return parts.map(Number);
}

const bill = fc
  .record({
    currency: fc.constantFrom('USD', 'JPY', 'KWD'),
    lines: fc.array(
      fc
        .record({
          amount: fc.integer({ min: 1, max: 5_000_000 }),
          share: fc.constantFrom(0, 0, 0.1, 0.333, 1),
        })
        .map(({ amount, share }) => ({ amount, off: Math.round(amount * share) })),
      { minLength: 1, maxLength: 5 },
    ),
    share: fc.constantFrom(0, 0, 0.07, 0.5),
    tax: fc.integer({ min: 0, max: 9999 }),
    credit: fc.option(
      fc.record({
        amount: fc.integer({ min: 1, max: 90_000 }),
        tax: fc.integer({ min: 0, max: 9000 }),
        reason: fc.constantFrom<Reason[]>('price_concession', 'bad_debt', 'unknown'),
      }),
    ),
  })
  .map(({ share, ...one }): Bill => {
    const given = { ...one, off: 0 } as Bill;
    return { ...given, off: Math.round(net(given) * share) };
  });

describe('the same bills written by five systems', () => {
  it('come to the same list, discount, net and credits to the cent', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(bill, { minLength: 40, maxLength: 60 }), async (bills) => {
        const read = await billed(Object.assign({}, ...Object.values(systems).map((write) => write(bills))));
        const unread = read.files.filter((file) => file.recognised_as === null || file.rows_rejected > 0);
        expect(unread).toEqual([]);
        const lines = await read.lines();
        const credits = await read.credits();
        for (const system of Object.keys(systems)) {
          const of = (rows: unknown[][], column: number) =>
            rows.filter((row) => String(row[column]).startsWith(system));
          for (const [at, one] of bills.entries()) {
            const share = shares(one);
            const expected = one.lines.map(({ amount, off }, n) =>
              [amount, off + share[n]!, amount - off - share[n]!].map((part) => Number(whole(one, part))),
            );
            const found = of(lines, 0)
              .filter(([id]) => id === `${system}${at}`)
              .sort((a, b) => Number(/\d+$/.exec(String(a[1]))![0]) - Number(/\d+$/.exec(String(b[1]))![0]))
              .map((row) => row.slice(2));
            expect(found, `${system} ${JSON.stringify(one)}`).toEqual(expected);
          }
          const given = credited(bills).map(({ bill: one, at, credit }) => [
            `${system}${at}`,
            Number(whole(one, credit.amount)),
            one.currency,
            credit.reason,
          ]);
          const byBill = (rows: unknown[][]) => rows.sort((a, b) => String(a[0]).localeCompare(String(b[0])));
          expect(byBill(of(credits, 0).map((row) => row.slice(2)))).toEqual(byBill(given));
        }
      }),
      { numRuns: 1, endOnFailure: true },
    );
  });
});
