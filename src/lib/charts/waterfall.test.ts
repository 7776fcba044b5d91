import { expect, it } from 'vitest';
import { drawn } from './testing/drawn.ts';

const bar = (label: string, amount: number | null, kind = 'step', coverage: number | null = null) => ({
  id: label,
  label,
  amount,
  kind,
  coverage,
  alarm: label === 'On invoice',
});

const rows = [
  bar('List', 8_000_000, 'total'),
  bar('On invoice', -2_000_000),
  bar('Terms', -1_000_000, 'step', 0.71),
  bar('Channel funds', null),
  bar('Pocket', 5_000_000, 'total'),
];

it('draws bars in the proportion of their amounts, hung on each other', () => {
  const { numbers } = drawn('waterfall', rows);
  const [list, invoice, pocket, terms] = numbers('rect', 'height');
  expect(invoice! / list!).toBeCloseTo(2 / 8, 6);
  expect(pocket! / list!).toBeCloseTo(5 / 8, 6);
  expect(terms! / list!).toBeCloseTo(1 / 8, 6);
  const tops = numbers('rect', 'y');
  expect(tops[3]).toBeCloseTo(tops[1]! + invoice!, 6);
  expect(tops[3]! + terms!).toBeCloseTo(tops[2]!, 6);
});

it('dashes what is partly known, leaves out what is absent, says each amount on its bar', () => {
  const { all, texts, titles } = drawn('waterfall', rows);
  expect(all('rect')).toHaveLength(4);
  expect(all('g[stroke-dasharray] rect')).toHaveLength(1);
  expect(texts()).toEqual(
    expect.arrayContaining(['$8.0\u00a0M', '−$2.0\u00a0M', '−$1.0\u00a0M', '$5.0\u00a0M', 'List', 'Pocket']),
  );
  expect(texts()).not.toContain('Channel funds');
  expect(titles()).toContain('Terms: −$1.0\u00a0M, known for 71.0%');
});

it('lies down where there is no room to stand', () => {
  const { numbers } = drawn('waterfall', rows, 240);
  const [list, invoice] = numbers('rect', 'width');
  expect(invoice! / list!).toBeCloseTo(2 / 8, 6);
  expect(new Set(numbers('rect', 'y')).size).toBe(4);
});
