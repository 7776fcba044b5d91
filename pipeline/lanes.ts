import type { DuckDBConnection } from '@duckdb/node-api';

/** One piece of work on the build, and the names of those that must be done before it. */
export interface Job {
  name: string;
  needs: readonly string[];
  run: (connection: DuckDBConnection) => Promise<void>;
}

/**
 * Does jobs as soon as what they need is done, as many at a time as there are connections: a statement seldom keeps
 * every processor busy to its end. Needs that no job goes by are taken as done. Ready jobs are begun in the order
 * given. After a failure nothing more is begun, and the first failure is thrown when what was begun has ended.
 */
export async function runInLanes(
  jobs: readonly Job[],
  connections: readonly DuckDBConnection[],
): Promise<void> {
  const open = new Set(jobs.map(({ name }) => name));
  const waiting = [...jobs];
  const free = [...connections];
  const running = new Set<Promise<void>>();
  const failures: unknown[] = [];
  const isReady = (job: Job) => job.needs.every((need) => !open.has(need));

  const begin = (job: Job, connection: DuckDBConnection) => {
    const work = job
      .run(connection)
      .then(() => void open.delete(job.name))
      .catch((error: unknown) => void failures.push(error))
      .finally(() => {
        running.delete(work);
        free.push(connection);
      });
    running.add(work);
  };

  for (;;) {
    while (failures.length === 0 && free.length > 0) {
      const next = waiting.findIndex(isReady);
      if (next < 0) break;
      begin(waiting.splice(next, 1)[0]!, free.pop()!);
    }
    if (running.size === 0) break;
    await Promise.race(running);
  }
  if (failures.length > 0) throw failures[0];
  if (waiting.length > 0)
    throw new Error(`These wait for each other: ${waiting.map(({ name }) => name).join(', ')}`);
}
