import { expect, it } from 'vitest';
import { earlierBy } from './toDate.ts';

const point = (period: string, day: number, discount: number) => ({
  period,
  day,
  discount,
  is_current: period === '2026-Q4',
});

it('holds a longer quarter against the whole of a shorter one, and never against its own', () => {
  // A quarter of thirteen weeks is over by its 65th working day; one of fourteen goes on to the 70th.
  const points = [
    point('2026-Q2', 64, 400),
    point('2026-Q2', 65, 500),
    point('2026-Q3', 65, 600),
    point('2026-Q3', 68, 900),
    point('2026-Q4', 66, 700),
  ];
  const by = (day: number) => earlierBy(day, points).map(({ discount }) => discount);
  expect(by(66)).toEqual([500, 600]);
  expect(by(68)).toEqual([500, 900]);
  expect(by(64)).toEqual([400]);
});
