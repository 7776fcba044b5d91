import { expect, it } from 'vitest';
import { changedPolicy, isChanged, limitKeys, type Limit } from './policy.ts';

const limit = (role: string | null, more: Partial<Limit> = {}): Limit => ({
  ...{ role, product_family: null, segment: null, binds: 'line', max_rate: 20, max_amount: null },
  ...{ valid_from: null, valid_to: null, is_current: true },
  ...more,
});
const current = [
  limit('ae'),
  limit('ae', { binds: 'deal', max_rate: null, max_amount: 25_000 }),
  limit(null),
];
const search = (...pairs: [string, string][]) => new URLSearchParams(pairs);

it('reads changed limits from an address, each by its name', () => {
  const changed = changedPolicy(
    current,
    search(
      ['limit_of', 'ae|||deal'],
      ['limit_rate', ''],
      ['limit_amount', '40,000'],
      ['limit_of', 'ae|||line'],
      ['limit_rate', '25.5'],
      ['limit_amount', ''],
    ),
  );
  expect(changed.map(({ max_rate, max_amount }) => [max_rate, max_amount])).toEqual([
    [25.5, null],
    [null, 40_000],
    [20, null],
  ]);
  expect(isChanged(current, changed)).toBe(true);
  expect(limitKeys(current)).toEqual(['ae|||line', 'ae|||deal', '|||line']);
});

it('leaves limits as they are where the address names none, or names them as they are', () => {
  expect(changedPolicy(current, search())).toEqual(current);
  const same = changedPolicy(
    current,
    search(['limit_of', '|||line'], ['limit_rate', '20'], ['limit_amount', '']),
  );
  expect(isChanged(current, same)).toBe(false);
});

it.each([
  [search(['limit_of', 'nobody|||line']), 'limit_of'],
  [search(['limit_of', 'ae|||line'], ['limit_rate', '120']), 'limit_rate'],
  [search(['limit_of', 'ae|||line'], ['limit_rate', '20'], ['limit_amount', 'a lot']), 'limit_amount'],
])('refuses what is no limit or no number', (asked, parameter) => {
  expect(() => changedPolicy(current, asked)).toThrow(expect.objectContaining({ parameter }));
});

it('keeps a rate and an amount apart that hold for the same', () => {
  const both = [limit(null), limit(null, { max_rate: null, max_amount: 25_000 })];
  const [rate, amount] = limitKeys(both);
  expect(rate).not.toBe(amount);
  const sent = (rateNow: string) =>
    search(
      ['limit_of', rate!],
      ['limit_rate', rateNow],
      ['limit_amount', ''],
      ['limit_of', amount!],
      ['limit_rate', ''],
      ['limit_amount', '25000'],
    );
  expect(isChanged(both, changedPolicy(both, sent('20')))).toBe(false);
  expect(changedPolicy(both, sent('15')).map(({ max_rate, max_amount }) => [max_rate, max_amount])).toEqual([
    [15, null],
    [null, 25_000],
  ]);
});
