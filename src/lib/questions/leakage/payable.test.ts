import { expect, it } from 'vitest';
import { payable } from './payable.ts';

it.each([
  [27302.940000000002, 'EUR', 27302.94],
  [1.005, 'EUR', 1.01],
  [-1.005, 'EUR', -1.01],
  [1.0049, 'USD', 1],
  [1234.5, 'JPY', 1235],
  [1.2345, 'KWD', 1.235],
  [1.005, 'euro', 1.01],
  [0, 'USD', 0],
  [null, 'USD', null],
])('rounds %s %s to %s', (amount, currency, expected) => {
  expect(payable(amount, currency)).toBe(expected);
});
