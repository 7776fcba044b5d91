import { expect, it } from 'vitest';
import { drawn } from './testing/drawn.ts';

const rows = [
  { close_month: '2026-11', stage: 'Proposal', discount: 100_000, deals: 1 },
  { close_month: '2026-11', stage: 'Commit', discount: 50_000, deals: 4 },
  { close_month: '2026-12', stage: 'Proposal', discount: 25_000, deals: 2 },
  { close_month: '2026-12', stage: 'Commit', discount: null, deals: null },
];

it.each([328, 560, 1120])('keeps one scale over all stages and months at %d pixels', (width) => {
  const { numbers, titles } = drawn('ahead', rows, width);
  const [one, other, third] = numbers('rect', 'width').toSorted((a, b) => b - a);
  expect(other! / one!).toBeCloseTo(1 / 2, 6);
  expect(third! / one!).toBeCloseTo(1 / 4, 6);
  expect(titles()).toContain('Nov 2026, Proposal: $100,000 on 1 deal');
});

it('names months and stages and leaves an empty place empty', () => {
  const { texts, all } = drawn('ahead', rows);
  expect(texts()).toEqual(expect.arrayContaining(['Nov 2026', 'Dec 2026', 'Proposal', 'Commit']));
  expect(all('rect')).toHaveLength(3);
});

it('keeps the largest amount within the picture beside other stages', () => {
  const stages = ['Prospecting', 'Qualification', 'Proposal', 'Negotiation'];
  const months = stages.map((stage) => ({ close_month: '2026-12', stage, discount: 849_000, deals: 3 }));
  const { all } = drawn('ahead', months, 560);
  const amounts = all('text').filter(({ textContent }) => textContent === '$849,000');
  expect(amounts).toHaveLength(4);
  const last = amounts.at(-1)!;
  const groups: Element[] = [];
  for (let part: Element | null = last; part; part = part.parentElement) groups.push(part);
  const x = groups.reduce(
    (sum, part) => sum + Number(/translate\((-?[\d.]+)/.exec(part.getAttribute('transform') ?? '')?.[1] ?? 0),
    0,
  );
  // A letter of this size is less than seven pixels broad.
  expect(x + 6.5 * '$849,000'.length).toBeLessThan(560);
});
