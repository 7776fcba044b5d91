import { expect, it } from 'vitest';
import { drawn } from './testing/drawn.ts';

const nothing = { low95: null, high95: null, low998: null, high998: null };
const unit = (name: string, ratio: number, outside = false, stated = outside) => ({
  ...nothing,
  ...{ kind: 'unit', name, said: 'as it is', error: 0.1, ratio, outside, stated, good: ratio < 1 },
});
const limits = [0.2, 0.1, 0.05].map((error) => ({
  ...{ kind: 'limit', name: '', said: '', error, ratio: null, outside: false, stated: false, good: false },
  low95: 1 - 2 * error,
  high95: 1 + 2 * error,
  low998: 1 - 3 * error,
  high998: 1 + 3 * error,
}));
const many = Array.from({ length: 14 }, (_, at) => unit(`rep ${at}`, 0.95 + at / 140));

it('names only those outside where there are many, and colours of them only those stated', () => {
  const { all, texts } = drawn('funnel', [
    ...limits,
    ...many,
    unit('Ann', 1.6, true),
    unit('Bea', 0.6, true),
    unit('Cy', 1.8, true, false),
  ]);
  expect(all('circle')).toHaveLength(17);
  expect(all('[fill="var(--alarm)"]')).toHaveLength(1);
  expect(texts()).toEqual(expect.arrayContaining(['Ann', 'Bea', 'Cy', '95%', '99.8%', '1×']));
  expect(texts()).not.toContain('rep 3');
});

it('names those within the limits too where there are few, but none on a line', () => {
  const { texts } = drawn('funnel', [
    ...limits,
    unit('West', 1.08),
    unit('East', 0.7),
    unit('Even', 1.0001),
    { ...unit('On even', 1), outside: true },
  ]);
  expect(texts()).toEqual(expect.arrayContaining(['East', 'West', 'On even']));
  expect(texts()).not.toContain('Even');
});

it('shows small differences as large as they are among the limits', () => {
  const { numbers } = drawn('funnel', [
    ...limits.map((row) => ({ ...row, ...{ low998: 0.97, low95: 0.98, high95: 1.02, high998: 1.03 } })),
    unit('Ann', 0.99),
    unit('Bea', 1.01),
  ]);
  const [low, high] = numbers('circle', 'cy') as [number, number];
  expect(low - high).toBeGreaterThan(70);
});
