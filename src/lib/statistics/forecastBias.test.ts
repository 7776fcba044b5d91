import { describe, expect, it } from 'vitest';
import { judgeBias, type GroupForecast } from './forecastBias.ts';

const group = (name: string, forecast: number, error: number | null, more: Partial<GroupForecast> = {}) => ({
  ...{ name, forecast, error },
  ...{ actual: 100, deals: 200, effective: 101 },
  ...more,
});

describe('the bias of groups', () => {
  it('is forecast over actual less one, with an interval that is even in logarithms', () => {
    const [found] = judgeBias([group('a', 150, 0.1)]);
    expect(found!.bias).toBeCloseTo(0.5, 12);
    // 97.5% quantile of Student's t with 100 degrees of freedom: 1.98397.
    expect(found!.low).toBeCloseTo(1.5 * Math.exp(-0.198397) - 1, 5);
    expect(found!.high).toBeCloseTo(1.5 * Math.exp(0.198397) - 1, 5);
    expect((1 + found!.low!) * (1 + found!.high!)).toBeCloseTo(1.5 * 1.5, 9);
    expect(found!.stands).toBe(true);
  });

  it('is as far from zero one way as its inverse is the other', () => {
    const [high, low] = judgeBias([group('high', 125, 0.1), group('low', 80, 0.1)]);
    expect(high!.p).toBeCloseTo(low!.p!, 12);
  });

  it('stands only as far as all that is looked at together allows', () => {
    const unsure = Array.from({ length: 19 }, (_, at) => group(`g${at}`, 100 + at / 10, 0.2));
    const close = group('close', 124, 0.1);
    // p is about 0.034: alone it stands, among twenty it doesn't.
    expect(judgeBias([close])[0]).toMatchObject({ stands: true });
    expect(judgeBias([close, ...unsure])[0]).toMatchObject({ stands: false });
  });

  it('is shown and not judged where there is too little to go by', () => {
    const weak = [
      group('few', 300, 0.1, { deals: 9 }),
      group('two large ones', 300, 0.1, { effective: 2.5 }),
      group('no error', 300, null),
      group('nothing forecast', 0, 0.1),
      group('nothing won', 300, 0.1, { actual: 0 }),
    ];
    for (const found of judgeBias(weak)) {
      expect(found, found.name).toMatchObject({ p: null, low: null, high: null, stands: false });
      expect(found.bias, found.name).toBe(found.actual > 0 ? found.forecast / found.actual - 1 : null);
    }
  });
});
