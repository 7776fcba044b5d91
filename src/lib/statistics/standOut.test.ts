import { describe, expect, it } from 'vitest';
import { standOut, type GroupRate } from './standOut.ts';

const group = (name: string, rate: number, error: number, deals = 100): GroupRate => ({
  dimension: 'region',
  name,
  list: 1000,
  discount: 1000 * rate,
  error,
  deals,
  effective: deals * 0.6,
});

/** A small generator of normal noise, so that the test is the same every time. */
function* noise(seed: number): Generator<number> {
  let state = seed;
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
  for (;;) yield Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

describe('standOut', () => {
  it('finds the region that differs and says by how much', () => {
    const [west] = standOut([
      group('West', 0.24, 0.01),
      group('East', 0.15, 0.01),
      group('Nordics', 0.15, 0.01),
    ]);
    expect(west).toMatchObject({ name: 'West', stands: true });
    expect(west!.gap).toBeCloseTo(0.09, 12);
    expect(west!.low).toBeGreaterThan(0.06);
  });

  it('does not compare groups of fewer than ten deals', () => {
    expect(standOut([group('West', 0.9, 0.01, 9), group('East', 0.1, 0.01)]).map(({ name }) => name)).toEqual(
      ['East'],
    );
  });

  it('raises a false flag over twenty equal groups in about one page of ten', () => {
    const random = noise(7);
    const pages = 400;
    let flagged = 0;
    for (let page = 0; page < pages; page += 1) {
      const groups = Array.from({ length: 20 }, (_, index) =>
        group(`g${index}`, 0.2 + 0.02 * random.next().value!, 0.02),
      );
      if (standOut(groups).some(({ stands }) => stands)) flagged += 1;
    }
    expect(flagged / pages).toBeLessThan(0.15);
    expect(flagged).toBeGreaterThan(0);
  });

  it('believes a rate less that rests on a few large deals', () => {
    const even = { ...group('West', 0.2, 0.02, 20), effective: 20 };
    const lopsided = { ...even, effective: 5 };
    const others = group('East', 0.15, 0.005, 200);
    const [a] = standOut([even, others]);
    const [b] = standOut([lopsided, others]);
    expect(b!.high - b!.low).toBeGreaterThan(1.1 * (a!.high - a!.low));
    expect(b!.p).toBeGreaterThan(a!.p);
  });
});
