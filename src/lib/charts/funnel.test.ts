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

it('names all where there are few, as far as there is room', () => {
  const { texts } = drawn('funnel', [
    ...limits,
    unit('West', 1.02),
    unit('East', 0.7),
    unit('On West', 1.0201),
  ]);
  expect(texts()).toEqual(expect.arrayContaining(['East', 'On West']));
  expect(texts()).not.toContain('West');
});
