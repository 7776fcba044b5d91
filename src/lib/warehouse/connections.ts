import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { isAside } from './aside.ts';

/** Where a query gets its connection from, and gives it back to. */
export interface Connections {
  take(): Promise<DuckDBConnection>;
  give(connection: DuckDBConnection): void;
  close(): void;
}

/**
 * Statements at once of what takes long: each holds one of Node's four threads until it is answered, and others could
 * not even begin.
 */
const MOST_ASIDE = 2;

/** As many connections as are asked for at once, kept for the next who ask; of what takes long a few. */
export function pooled(instance: DuckDBInstance): Connections {
  const idle: DuckDBConnection[] = [];
  const aside = new Set<DuckDBConnection>();
  const waiting: (() => void)[] = [];
  let turns = 0;
  const endTurn = () => {
    const next = waiting.shift();
    if (next) next();
    else turns -= 1;
  };
  const connect = async () => idle.pop() ?? (await instance.connect());
  return {
    async take() {
      if (!isAside()) return connect();
      if (turns < MOST_ASIDE) turns += 1;
      else await new Promise<void>((turn) => void waiting.push(turn));
      try {
        const connection = await connect();
        aside.add(connection);
        return connection;
      } catch (error) {
        endTurn();
        throw error;
      }
    },
    give(connection) {
      idle.push(connection);
      if (aside.delete(connection)) endTurn();
    },
    close() {
      for (const connection of idle) connection.closeSync();
      instance.closeSync();
    },
  };
}

/** One connection that is somebody else's: whoever asks waits for their turn, and nobody closes it. */
export function borrowed(connection: DuckDBConnection): Connections {
  const waiting: (() => void)[] = [];
  let taken = false;
  return {
    async take() {
      if (taken) await new Promise<void>((turn) => void waiting.push(turn));
      taken = true;
      return connection;
    },
    give() {
      const next = waiting.shift();
      if (next) next();
      else taken = false;
    },
    close() {},
  };
}
