import { expect, test } from 'vitest';
import { salesforceIds, stripeIds } from './identifiers.ts';

/** The checksum as Salesforce documents it: five characters, the first lowest, upper case sets a bit. */
function checksum(id: string): string {
  return [0, 5, 10]
    .map((at) => {
      const bits = [...id.slice(at, at + 5)].reverse().map((c) => (/[A-Z]/.test(c) ? '1' : '0'));
      return 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345'[parseInt(bits.join(''), 2)];
    })
    .join('');
}

test('ids have 18 characters, the true checksum, and never repeat', () => {
  const id = salesforceIds('006');
  const seen = new Set<string>();
  for (let n = 0; n < 20_000; n++) {
    const text = id(n * 7919);
    if (n % 100 === 0) {
      expect(text).toHaveLength(18);
      expect(text.slice(15)).toBe(checksum(text.slice(0, 15)));
    }
    seen.add(text);
  }
  expect(seen.size).toBe(20_000);
});

test('some ids differ in case alone', () => {
  const id = salesforceIds('001');
  const short = Array.from({ length: 1200 }, (_, n) => id(n).slice(0, 15));
  expect(new Set(short.map((text) => text.toLowerCase())).size).toBeLessThan(1200);
});

test('Stripe ids never repeat and depend on the seed', () => {
  const one = stripeIds('in_', 1);
  const seen = new Set(Array.from({ length: 50_000 }, (_, n) => one(n)));
  expect(seen.size).toBe(50_000);
  expect(stripeIds('in_', 2)(5)).not.toBe(one(5));
});
