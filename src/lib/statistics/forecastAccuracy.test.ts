import { describe, expect, it } from 'vitest';
import { bootstrapInterval } from './bootstrap.ts';
import { forecastAccuracy } from './forecastAccuracy.ts';
import { normalFrom, randomFrom } from './random.ts';

const quarters = ['Q1', 'Q2', 'Q3', 'Q4', 'Q5'].map((period, i) => ({
  period,
  forecast: [110, 90, 120, 100, 95][i]!,
  actual: [100, 100, 100, 80, 100][i]!,
  naive: [null, 100, 100, 100, 80][i],
}));

describe('forecast accuracy', () => {
  it('is what its formulas say', () => {
    const found = forecastAccuracy(quarters);
    expect(found.wape.value).toBeCloseTo((10 + 10 + 20 + 20 + 5) / 480, 12);
    expect(found.bias.value).toBeCloseTo((10 - 10 + 20 + 20 - 5) / 480, 12);
    expect(found.skill.value).toBeCloseTo(1 - 55 / 40, 12);
    expect(found.mape).toBeCloseTo((0.1 + 0.1 + 0.2 + 0.25 + 0.05) / 5, 12);
    expect(found).toMatchObject({ forecasts: 5, periods: 5, skill: { forecasts: 4 } });
  });

  it('counts people of one period as one period', () => {
    const halves = quarters.flatMap(({ period, forecast, actual }) => [
      { period, forecast: forecast / 2, actual: actual / 2 },
      { period, forecast: forecast / 2, actual: actual / 2 },
    ]);
    const found = forecastAccuracy(halves);
    expect(found.wape.interval).toEqual(forecastAccuracy(quarters).wape.interval);
    expect(found).toMatchObject({ forecasts: 10, periods: 5, skill: { value: null } });
  });

  it('leaves undefined what is', () => {
    const none = forecastAccuracy([{ period: 'Q1', forecast: 3, actual: 0 }]);
    expect(none).toMatchObject({ wape: { value: null, interval: null }, bias: { value: null }, mape: null });
  });

  it('has intervals that mostly hold the truth', () => {
    let held = 0;
    for (let run = 0; run < 60; run += 1) {
      const normal = normalFrom(randomFrom(run));
      const rows = Array.from({ length: 24 }, (_, i) => {
        const actual = 100 + 10 * normal();
        return { period: String(i).padStart(2, '0'), actual, forecast: actual + 5 + 8 * normal() };
      });
      const { low, high } = forecastAccuracy(rows).bias.interval!;
      if (low <= 0.05 && 0.05 <= high) held += 1;
    }
    expect(held / 60).toBeGreaterThan(0.82);
  });
});

describe('the bootstrap', () => {
  it("agrees with the mean's textbook interval", () => {
    const normal = normalFrom(randomFrom(9));
    const values = Array.from({ length: 200 }, () => normal());
    const mean = values.reduce((sum, value) => sum + value, 0) / 200;
    const error = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0)) / 200;
    const of = (drawn: Int32Array) => drawn.reduce((sum, at) => sum + values[at]!, 0) / drawn.length;
    const { low, high } = bootstrapInterval(200, of)!;
    expect((high - low) / (2 * 1.96 * error)).toBeGreaterThan(0.92);
    expect((high - low) / (2 * 1.96 * error)).toBeLessThan(1.08);
    expect(bootstrapInterval(1, of)).toBeNull();
  });

  it('draws whole runs of neighbours', () => {
    bootstrapInterval(
      9,
      (drawn) => {
        for (let at = 0; at < 9; at += 3)
          expect([drawn[at + 1], drawn[at + 2]]).toEqual([drawn[at]! + 1, drawn[at]! + 2]);
        return 0;
      },
      { block: 3, draws: 20 },
    );
  });
});
