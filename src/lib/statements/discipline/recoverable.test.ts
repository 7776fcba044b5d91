import { expect, it } from 'vitest';
import type { Recoverable } from '../../questions/discipline/recoverable.ts';
import { recoverableInWords, recoverableSaid, recoverableStands } from './recoverable.ts';

const found = {
  verdict: 'found',
  n: 100,
  high: 4000,
  breakEven: 0.1,
  choice: { percentile: 50, lost: [0] },
  scenarios: [{ lost: 0, worth: 2000, low: 100, high: 4000 }],
  excess: { range: { high: 4150 }, units: [] },
} as unknown as Recoverable;

it('states nothing, in words or in its picture, that does not survive on the page', () => {
  const none = () => false;
  expect(recoverableStands(found, none)).toBe(false);
  expect(recoverableInWords(found, none, 'USD')).toMatch(/^Cannot tell/);
  expect(recoverableSaid(found, none, 'USD')).toEqual([]);
});

it('states what is found and survives', () => {
  const all = () => true;
  expect(recoverableStands(found, all)).toBe(true);
  expect(recoverableInWords(found, all, 'USD')).toContain('is worth $2,000 a year');
  expect(recoverableStands({ ...found, verdict: 'cannot tell' }, all)).toBe(false);
});
