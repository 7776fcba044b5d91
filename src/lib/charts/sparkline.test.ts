import { expect, it } from 'vitest';
import { drawn } from './testing/drawn.ts';

it('breaks at what is not known and ends on what is known last', () => {
  const rows = [1, 2, null, 4, 5, null].map((value, at) => ({ period: `p${at}`, value }));
  const { all, numbers } = drawn('sparkline', rows, 120);
  expect(all('path')[0]!.getAttribute('d')!.match(/M/g)).toHaveLength(2);
  expect(all('circle')).toHaveLength(1);
  expect(numbers('circle', 'cy')[0]).toBe(4);
});
