import type { DuckDBConnection } from '@duckdb/node-api';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runInLanes, type Job } from './lanes.ts';

const lanes = (many: number) => Array.from({ length: many }, () => ({}) as DuckDBConnection);

describe('runInLanes', () => {
  it('does every job once, after what it needs, on no more connections than there are', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.nat(100), { maxLength: 4 }), { maxLength: 25 }),
        fc.integer({ min: 1, max: 4 }),
        async (drawn, many) => {
          const done: string[] = [];
          let running = 0;
          const jobs = drawn.map((needs, place): Job => {
            const before = place === 0 ? [] : needs.map((need) => `${need % place}`);
            return {
              name: `${place}`,
              needs: before,
              run: async () => {
                running += 1;
                expect(running).toBeLessThanOrEqual(many);
                for (const need of before) expect(done).toContain(need);
                await new Promise((resolve) => setImmediate(resolve));
                running -= 1;
                done.push(`${place}`);
              },
            };
          });
          await runInLanes(jobs, lanes(many));
          expect(done.toSorted()).toEqual(jobs.map(({ name }) => name).toSorted());
        },
      ),
    );
  });

  it('begins nothing after a failure, waits for what was begun, and throws it', async () => {
    const seen: string[] = [];
    const job = (name: string, needs: string[], run: () => Promise<void>): Job => ({ name, needs, run });
    const slow = () =>
      new Promise<void>((resolve) => setTimeout(resolve, 20)).then(() => void seen.push('slow'));
    const jobs = [
      job('slow', [], slow),
      job('bad', [], () => Promise.reject(new Error('no such table'))),
      job('after', ['slow'], () => Promise.resolve(void seen.push('after'))),
    ];
    await expect(runInLanes(jobs, lanes(2))).rejects.toThrow('no such table');
    expect(seen).toEqual(['slow']);
  });

  it('says which jobs wait for each other', async () => {
    const none = () => Promise.resolve();
    const jobs = [
      { name: 'a', needs: ['b'], run: none },
      { name: 'b', needs: ['a'], run: none },
    ];
    await expect(runInLanes(jobs, lanes(1))).rejects.toThrow('a, b');
  });
});
