import { expect, it, vi } from 'vitest';
import { Cache } from './cache.ts';

it('works an answer out once, for those who wait and those who come later', async () => {
  const cache = new Cache<number>(2);
  const workOut = vi.fn(async () => 7);
  expect(await Promise.all([cache.get('a', workOut), cache.get('a', workOut)])).toEqual([7, 7]);
  expect(await cache.get('a', workOut)).toBe(7);
  expect(workOut).toHaveBeenCalledTimes(1);
});

it('forgets what was not asked for the longest', async () => {
  const cache = new Cache<number>(2);
  const workOut = vi.fn(async () => 7);
  for (const question of ['a', 'b', 'a', 'c']) await cache.get(question, workOut);
  await cache.get('a', workOut);
  expect(workOut).toHaveBeenCalledTimes(3);
  await cache.get('b', workOut);
  expect(workOut).toHaveBeenCalledTimes(4);
});

it('keeps neither failures nor what is too large', async () => {
  const cache = new Cache<number>(2, (answer) => answer < 10);
  const failing = vi.fn(async () => Promise.reject(new Error('no')));
  const large = vi.fn(async () => 11);
  for (let i = 0; i < 2; i += 1) {
    await expect(cache.get('a', failing)).rejects.toThrow('no');
    expect(await cache.get('b', large)).toBe(11);
  }
  expect(failing).toHaveBeenCalledTimes(2);
  expect(large).toHaveBeenCalledTimes(2);
});
