import { DuckDBInstance } from '@duckdb/node-api';
import { expect, it } from 'vitest';
import { workingAside } from './aside.ts';
import { pooled } from './connections.ts';

it('gives a few connections at once to what takes long, and others without waiting', async () => {
  const connections = pooled(await DuckDBInstance.create(':memory:'));
  const taken: number[] = [];
  const long = [1, 2, 3, 4].map(async (at) => {
    const connection = await workingAside(() => connections.take());
    taken.push(at);
    return connection;
  });
  const [first, second] = await Promise.all(long.slice(0, 2));
  const others = await Promise.all([connections.take(), connections.take(), connections.take()]);
  expect(taken).toEqual([1, 2]);
  for (const connection of others) connections.give(connection);
  expect(taken).toEqual([1, 2]);
  connections.give(second!);
  const third = await long[2]!;
  expect(taken).toEqual([1, 2, 3]);
  connections.give(first!);
  connections.give(third);
  connections.give(await long[3]!);
  // Turns that ended are there again.
  for (const _ of [1, 2]) await workingAside(() => connections.take());
  connections.close();
});
