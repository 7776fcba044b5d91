import { expect, it } from 'vitest';
import { drawn } from './testing/drawn.ts';

const rows = [
  { span: '14–10', rate: 0.16, net: 1e6, deals: 20, is_late: false },
  { span: '9–5', rate: 0.22, net: 2e6, deals: 40, is_late: true },
  { span: '4–0', rate: null, net: 5e5, deals: 8, is_late: true },
];

it.each([328, 1120])('draws bookings to one scale and marks the last ten days at %d pixels', (width) => {
  const { numbers, all, titles, texts } = drawn('quarterEnd', rows, width);
  const said = titles().map((title) => title.replaceAll('\u00a0', ' '));
  const heights = numbers('rect', 'height');
  expect(heights[1]! / heights[0]!).toBeCloseTo(2, 1);
  const fills = all('rect').map((bar) => bar.getAttribute('fill'));
  expect(fills[1]).toBe(fills[2]);
  expect(fills[0]).not.toBe(fills[1]);
  expect(said).toContain('9–5 business days left: 22.0% discount, $2.0 M booked in 40 deals');
  // Where list is not known there is no dot, and the title says why.
  expect(all('circle')).toHaveLength(2);
  expect(said).toContain('4–0 business days left: no list price known, $500,000 booked in 8 deals');
  expect(texts()).toContain('business days left in the quarter');
});
