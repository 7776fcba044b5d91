import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

/** Where a query gets its connection from, and gives it back to. */
export interface Connections {
  take(): Promise<DuckDBConnection>;
  give(connection: DuckDBConnection): void;
  close(): void;
}

/** As many connections as are asked for at once, kept for the next who ask. */
export function pooled(instance: DuckDBInstance): Connections {
  const idle: DuckDBConnection[] = [];
  return {
    take: async () => idle.pop() ?? (await instance.connect()),
    give: (connection) => void idle.push(connection),
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
