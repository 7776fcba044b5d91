import { expect, it } from 'vitest';
import { randomFrom } from './random.ts';
import { sharesApart } from './sharesApart.ts';

it('comes to the square root of the χ² of the two by two table', () => {
  const [found] = sharesApart([
    { name: 'a', hits: 60, n: 100 },
    { name: 'b', hits: 90, n: 200 },
  ]);
  // Observed less expected, cell by cell: 100 and 200 things, 150 hits and 150 misses.
  const cells = [60 - 50, 40 - 50, 90 - 100, 110 - 100];
  const chi = cells.reduce((sum, gap, at) => sum + gap ** 2 / [50, 50, 100, 100][at]!, 0);
  // χ² with one degree of freedom: 6.0 has p = 0.01430588 (R: pchisq(6, 1, lower.tail = FALSE)).
  expect(chi).toBeCloseTo(6, 10);
  expect(found!.p).toBeCloseTo(0.01430588, 7);
  expect(found).toMatchObject({ share: 0.6, rest: 0.45, stands: true });
});

it('leaves out groups that are too small, and everything where all are alike', () => {
  expect(
    sharesApart([
      { name: 'small', hits: 1, n: 6 },
      { name: 'a', hits: 60, n: 100 },
      { name: 'b', hits: 50, n: 100 },
    ]).map(({ name }) => name),
  ).toEqual(['a', 'b']);
  expect(
    sharesApart([
      { name: 'all', hits: 10, n: 10 },
      { name: 'too', hits: 9, n: 9 },
    ]),
  ).toEqual([]);
  expect(sharesApart([])).toEqual([]);
});

it('lets chance through in about one company of ten at most', () => {
  const random = randomFrom(7);
  let found = 0;
  for (let company = 0; company < 400; company += 1) {
    const groups = Array.from({ length: 6 }, (_, at) => ({
      name: `${at}`,
      n: 80,
      hits: Array.from({ length: 80 }, () => random() < 0.8).filter(Boolean).length,
    }));
    found += Number(sharesApart(groups).some(({ stands }) => stands));
  }
  // 400 × 10% and three standard deviations.
  expect(found).toBeLessThan(58);
});
