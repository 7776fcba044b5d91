import { expect, it } from 'vitest';
import { drawn } from './testing/drawn.ts';

const point = (kind: string, list: number, discount: number) => ({
  ...{ kind, name: kind === 'mix' ? '' : 'Ann', rate: null, list, discount },
});
const observed = [point('observed', 0.2, 0.33), point('observed', 1, 1)];
const mix = [point('mix', 0.2, 0.29), point('mix', 1, 1)];

it.each([
  [328, '29% by mix and chance'],
  [1120, '29% by mix and chance alone'],
])('reads both curves on one line at %d pixels', (width, said) => {
  const { texts, numbers } = drawn('concentrationCurve', [...observed, ...mix], width);
  expect(texts()).toContain(said);
  const rule = numbers('line', 'x1').at(-1);
  const read = numbers('circle', 'cx').filter((x) => Math.abs(x - rule!) < 1);
  expect(read.length).toBeGreaterThanOrEqual(2);
});

it('says nothing of the mix where it is not told', () => {
  const { texts } = drawn('concentrationCurve', observed);
  expect(texts().join()).not.toContain('mix');
});
