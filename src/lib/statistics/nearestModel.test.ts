import { describe, expect, it } from 'vitest';
import { nearestModel, sideUnder, type Vector } from './nearestModel.ts';

const vector = (value: number, low: number, high: number, cut: number): Vector => ({
  value,
  interval: { low, high },
  cut,
});
const long = vector(200, 150, 240, 90);
const short = vector(30, 20, 40, 90);
const fresh = vector(0.8, 0.7, 0.9, 0.5);
const same = vector(0.2, 0.1, 0.3, 0.5);

describe('the model that two vectors point to', () => {
  it('is one side where both agree, and the split where they do not', () => {
    expect(nearestModel(long, fresh)).toEqual({ model: 'all sales', isSure: true });
    expect(nearestModel(short, same)).toEqual({ model: 'all customer success', isSure: true });
    expect(nearestModel(long, same)).toEqual({ model: 'split', isSure: true });
    expect(nearestModel(short, fresh)).toEqual({ model: 'split', isSure: true });
  });

  it('is unsure where an interval reaches across its line, or where there is none', () => {
    expect(nearestModel(vector(95, 80, 120, 90), fresh)).toEqual({ model: 'all sales', isSure: false });
    expect(nearestModel({ ...long, interval: null }, fresh)).toEqual({ model: 'all sales', isSure: false });
  });

  it('takes a value on the line as beyond it', () => {
    expect(nearestModel(vector(90, 90, 95, 90), vector(0.5, 0.5, 0.6, 0.5))).toEqual({
      model: 'all sales',
      isSure: true,
    });
  });
});

it('says who handles what', () => {
  const under = (model: Parameters<typeof sideUnder>[0]) =>
    (['renewal', 'upsell', 'cross_sell'] as const).map((activity) => sideUnder(model, activity));
  expect(under('all sales')).toEqual(['sales', 'sales', 'sales']);
  expect(under('split')).toEqual(['customer success', 'sales', 'sales']);
  expect(under('all customer success')).toEqual(Array(3).fill('customer success'));
});
