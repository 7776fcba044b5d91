import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { whenNobodyWaits, whileWaitedFor } from './meanwhile.ts';

describe('what nobody asked for yet', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is done one after another, and what fails stops nothing', async () => {
    const done: string[] = [];
    let end = () => {};
    const first = new Promise<void>((ended) => (end = ended));
    whenNobodyWaits(() => (done.push('begun'), first));
    whenNobodyWaits(() => Promise.reject(new Error('no')));
    whenNobodyWaits(async () => void done.push('last'));
    expect(done).toEqual([]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(done).toEqual(['begun']);
    end();
    await vi.advanceTimersByTimeAsync(1000);
    expect(done).toEqual(['begun', 'last']);
  });

  it('waits for every page that is being opened, whether it can be answered or not', async () => {
    const done: string[] = [];
    let answer = () => {};
    let fail = (_: Error) => {};
    const page = whileWaitedFor(() => new Promise<void>((ok) => (answer = ok)));
    const other = whileWaitedFor(() => new Promise<void>((_, no) => (fail = no)));
    whenNobodyWaits(async () => void done.push('ahead'));
    await vi.advanceTimersByTimeAsync(1000);
    answer();
    await page;
    await vi.advanceTimersByTimeAsync(1000);
    expect(done).toEqual([]);
    fail(new Error('no'));
    await expect(other).rejects.toThrow('no');
    await vi.advanceTimersByTimeAsync(1000);
    expect(done).toEqual(['ahead']);
  });

  it('is let go where much else came since', async () => {
    const done: number[] = [];
    let answer = () => {};
    const page = whileWaitedFor(() => new Promise<void>((ok) => (answer = ok)));
    for (let at = 0; at < 15; at += 1) whenNobodyWaits(async () => void done.push(at));
    answer();
    await page;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(done).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
  });
});
