import { expect, it } from 'vitest';
import { drawn } from './testing/drawn.ts';

const event = (at: number, estimate: number, low: number | null, high: number | null, phase: string) => {
  return { event: at, estimate, low, high, phase, n: 12 };
};

const study = [
  event(-2, 0.004, -0.02, 0.028, 'before'),
  event(-1, 0.05, 0.01, 0.09, 'window'),
  event(0, -0.02, -0.05, 0.01, 'after'),
  event(1, -0.031, null, null, 'after'),
];

it('shows each quarter before and since coaching, with its interval where there is one', () => {
  const { all, texts, titles } = drawn('eventStudy', study);
  expect(all('circle')).toHaveLength(4);
  expect(titles()).toEqual(
    expect.arrayContaining([
      '2 quarters before: +0.4 points (−2.0 to +2.8), 12 quarters of reps',
      'first quarter: −2.0 points (−5.0 to +1.0), 12 quarters of reps',
      '1 quarter after: −3.1 points, 12 quarters of reps',
    ]),
  );
  expect(texts()).toEqual(expect.arrayContaining(['−2', '0', '+1', '−3.1']));
});

it('shades the quarters that are left out, and none where none is', () => {
  const shaded = (rows: typeof study) => drawn('eventStudy', rows).all('rect').length;
  expect(shaded(study)).toBe(1);
  expect(shaded(study.filter(({ phase }) => phase !== 'window'))).toBe(0);
});

it('draws the share of reps coached from zero to all', () => {
  const { numbers, texts } = drawn('coachedMonths', [
    { month: 'Aug 2026', share: 0.25, reps: 8 },
    { month: 'Sep 2026', share: 0.75, reps: 8 },
  ]);
  const [first, second] = numbers('rect', 'height');
  expect(second! / first!).toBeCloseTo(3, 6);
  expect(texts()).toEqual(expect.arrayContaining(['75%', 'Aug 2026']));
});

it('tells those coached after a training from those who coasted', () => {
  const point = (since: number, coached: boolean, rate: number) => ({ since, coached, rate, deals: 20 });
  const { texts, all } = drawn('afterTraining', [
    ...[point(-1, true, 0.2), point(0, true, 0.15), point(-1, false, 0.2), point(0, false, 0.21)],
  ]);
  expect(all('circle')).toHaveLength(4);
  expect(texts()).toEqual(expect.arrayContaining(['15.0% coaching followed', '21.0% none followed']));
});
