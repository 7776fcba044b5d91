import { describe, expect, it } from 'vitest';
import { benchmark, judgedTogether, limitsAt } from './benchmark.ts';
import type { AgainstRest } from './leaveOut.ts';

const unit = (name: string, ratio: number, more: Partial<AgainstRest> = {}): AgainstRest => ({
  unit: name,
  deals: 40,
  weight: 1000,
  effective: 30,
  observed: 100 * ratio,
  expected: 100,
  error: 10,
  z: (ratio - 1) / 0.05,
  ...more,
});
const alike = [0.94, 0.97, 1, 1.02, 1.05, 0.99, 1.03, 0.96].map((ratio, at) => unit(`rep ${at}`, ratio));
const named = (units: AgainstRest[], name: string) =>
  judgedTogether([benchmark(units, 'ratio').units])[0]!.find((one) => one.unit === name)!;

describe('units on the funnel', () => {
  it('gives whoever has too few deals, and compares them with nothing', () => {
    const few = named([...alike, unit('few', 3, { deals: 9 })], 'few');
    expect(few).toMatchObject({ ratio: 3, compared: null });
    expect(named([...alike, unit('two', 3, { deals: 2, effective: 2 })], 'two').compared).toBeNull();
    expect(named([...alike, unit('large', 3, { effective: 4.9 })], 'large').compared).toBeNull();
    // And whoever is not compared widens nobody's limits.
    const [with_, without] = [
      benchmark([...alike, unit('few', 9, { deals: 9 })], 'ratio'),
      benchmark(alike, 'ratio'),
    ];
    expect(with_.units[0]!.compared).toEqual(without.units[0]!.compared);
  });

  it('states a unit that is far out, and none where all are alike', () => {
    const far = named([...alike, unit('far', 1.6)], 'far');
    expect(far.compared).toMatchObject({ outside: '99.8%', clear: true, stands: true });
    expect(far.compared!.believed.low).toBeGreaterThan(1);
    expect(far.compared!.believed.ratio).toBeLessThan(1.6);
    for (const { compared } of judgedTogether([benchmark(alike, 'ratio').units])[0]!)
      expect(compared).toMatchObject({ outside: 'no', stands: false });
  });

  it('does not state what a few large deals alone make', () => {
    const byOneDeal = named([...alike, unit('lucky', 1.6, { z: 0.3 })], 'lucky');
    expect(byOneDeal.compared).toMatchObject({ outside: '99.8%', stands: false });
    expect(named([...alike, unit('torn', 1.6, { z: -4 })], 'torn').compared!.p).toBe(1);
  });

  it('widens limits with fewer effective deals by Student’s t', () => {
    const { units } = benchmark([...alike, unit('small', 1, { effective: 6 })], 'ratio');
    const [usual, small] = [units[0]!, units.at(-1)!].map((one) => one.compared!.limits95.high - 1);
    // t(12) and t(60) at 5%: 2.179 and 2.000.
    expect(small! / usual!).toBeCloseTo(2.1788 / 2.0003, 3);
  });

  it('draws the limits that units were judged by', () => {
    const found = benchmark([...alike, unit('far', 2), unit('low', 0.5), unit('high', 1.7)], 'ratio');
    for (const { compared } of found.units)
      expect(limitsAt(compared!.error, found).limits95.high).toBeCloseTo(compared!.limits95.high, 10);
    expect(found.between).toBeGreaterThan(0);
  });

  it('reads logarithms back as ratios', () => {
    const log = alike.map((one, at) => ({
      ...one,
      weight: 40,
      expected: 40 * Math.log(80),
      observed: 40 * Math.log(80 * (1 + at / 100)),
      error: 4,
    }));
    const { units } = benchmark(log, 'log');
    expect(units.map(({ ratio }) => ratio)).toEqual(
      [1, 1.01, 1.02, 1.03, 1.04, 1.05, 1.06, 1.07].map((ratio) => expect.closeTo(ratio, 10)),
    );
    const { low, high } = units[0]!.compared!.limits95;
    expect(low * high).toBeCloseTo(1, 10);
  });
});
