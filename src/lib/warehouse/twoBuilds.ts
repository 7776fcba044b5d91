import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance, quotedString } from '@duckdb/node-api';
import { Cache } from './cache.ts';
import { pooled, type Connections } from './connections.ts';
import { rowsOf, type Parameters, type Row } from './warehouse.ts';

/**
 * Two builds in one database, `before` and `after`, both read-only; what is worked out from them lies in its memory.
 * Builds never change, so neither does what was asked of two of them.
 */
export class TwoBuilds {
  private readonly connections: Connections;
  private readonly cache = new Cache<unknown>(200);

  private constructor(connections: Connections) {
    this.connections = connections;
  }

  /** Opens two files of builds and runs the statements that everything asked of them reads from. */
  static async open(before: string, after: string, prepare: readonly string[]): Promise<TwoBuilds> {
    const instance = await DuckDBInstance.create(':memory:', {
      memory_limit: '2GB',
      temp_directory: join(tmpdir(), `holdfast-two-builds-${process.pid}`),
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
    });
    const connections = pooled(instance);
    try {
      const connection = await connections.take();
      await connection.run(`set time zone 'UTC'`);
      await connection.run(`attach ${quotedString(before)} as before (read_only)`);
      await connection.run(`attach ${quotedString(after)} as after (read_only)`);
      for (const statement of prepare) await connection.run(statement);
      connections.give(connection);
    } catch (error) {
      connections.close();
      throw error;
    }
    return new TwoBuilds(connections);
  }

  /** Runs a query with bound parameters (`$name`). */
  async rows<Shape = Row>(sql: string, parameters: Parameters = {}): Promise<Shape[]> {
    const connection = await this.connections.take();
    try {
      return (await rowsOf(connection, sql, parameters)) as Shape[];
    } finally {
      this.connections.give(connection);
    }
  }

  /** The answer to `question`, worked out once for these two. */
  async remember<Answer>(question: string, workOut: () => Promise<Answer>): Promise<Answer> {
    return this.cache.get(question, workOut) as Promise<Answer>;
  }

  close(): void {
    this.connections.close();
  }
}
