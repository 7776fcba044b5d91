import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  DuckDBInstance,
  DuckDBTypeId,
  quotedString,
  type DuckDBConnection,
  type Json,
} from '@duckdb/node-api';
import { Cache } from './cache.ts';
import { borrowed, pooled, type Connections } from './connections.ts';

/** What a query gives back. Numbers of any width are numbers; dates are `YYYY-MM-DD`; the rest is text. */
export type Value = string | number | boolean | null | Value[];
export type Row = Record<string, Value>;
export type Parameters = Record<string, string | number | boolean | null>;

export interface Period {
  kind: 'year' | 'quarter' | 'month';
  /** `2026`, `2026-Q3`, `2026-M08`. */
  period: string;
  fiscal_year: number;
  starts_on: string;
  /** The day after the last. */
  ends_on: string;
}

export interface BuildInfo {
  build_id: string;
  /** ISO instant, UTC. */
  built_at: string;
  built_on: string;
  /** Day of the newest export: what the pages call today. */
  data_on: string;
  currency: string;
  time_zone: string;
  fiscal_year_start: number;
  calendar: string;
  fiscal_year_named_by: string;
  configuration: string;
}

export class NoWarehouse extends Error {
  readonly file: string;
  constructor(file: string, cause?: unknown) {
    super(`There is no warehouse at ${file}.`, { cause });
    this.name = 'NoWarehouse';
    this.file = file;
  }
}

const numbers = new Set<number>([
  DuckDBTypeId.TINYINT,
  DuckDBTypeId.SMALLINT,
  DuckDBTypeId.INTEGER,
  DuckDBTypeId.BIGINT,
  DuckDBTypeId.UTINYINT,
  DuckDBTypeId.USMALLINT,
  DuckDBTypeId.UINTEGER,
  DuckDBTypeId.UBIGINT,
  DuckDBTypeId.HUGEINT,
  DuckDBTypeId.FLOAT,
  DuckDBTypeId.DOUBLE,
  DuckDBTypeId.DECIMAL,
]);

/** Below so many bytes, sharing a query out among threads takes longer than answering it. Measured, as a round number. */
const FEW_BYTES = 64_000_000;

/** Rows of the largest answer that is remembered: a few whole downloads would otherwise fill the memory. */
const MOST_ROWS = 20_000;

const isSmall = (answer: unknown): boolean => {
  const { rows } = Object(answer) as { rows?: unknown };
  return !Array.isArray(rows) || rows.length <= MOST_ROWS;
};

/**
 * One published build, read-only. A build never changes, so what was asked of it once is answered from
 * memory the next time.
 */
export class Warehouse {
  readonly file: string;
  readonly build: BuildInfo;
  readonly periods: readonly Period[];
  /** Tells this build's file from the next one's at the same path. */
  readonly stamp: string;
  private readonly connections: Connections;
  private readonly cache = new Cache<unknown>(2000, isSmall);

  private constructor(
    file: string,
    stamp: string,
    connections: Connections,
    build: BuildInfo,
    periods: Period[],
  ) {
    this.file = file;
    this.stamp = stamp;
    this.connections = connections;
    this.build = build;
    this.periods = periods;
  }

  /** Opens a published file. Throws NoWarehouse when there is none or it is not one of ours. */
  static async open(path: string): Promise<Warehouse> {
    const file = resolve(path);
    const stamp = fileStamp(file);
    if (stamp === null) throw new NoWarehouse(file);
    try {
      const instance = await DuckDBInstance.create(file, {
        access_mode: 'READ_ONLY',
        memory_limit: '2GB',
        ...(statSync(file).size < FEW_BYTES ? { threads: '1' } : {}),
        autoinstall_known_extensions: 'false',
        autoload_known_extensions: 'false',
      });
      const connections = pooled(instance);
      const connection = await connections.take();
      await connection.run(`set time zone 'UTC'`);
      const described = await describe(connection);
      connections.give(connection);
      return new Warehouse(file, stamp, connections, ...described);
    } catch (error) {
      throw new NoWarehouse(file, error);
    }
  }

  /** A build that is being made, through the connection that makes it. */
  static async unfinished(connection: DuckDBConnection): Promise<Warehouse> {
    return new Warehouse('', '', borrowed(connection), ...(await describe(connection)));
  }

  /** Runs a query with bound parameters (`$name`). */
  async rows<Shape = Row>(sql: string, parameters: Parameters = {}): Promise<Shape[]> {
    return this.withConnection(async (connection) => (await rowsOf(connection, sql, parameters)) as Shape[]);
  }

  /** The answer to `question`, worked out once per build. */
  async remember<Answer>(question: string, workOut: () => Promise<Answer>): Promise<Answer> {
    return this.cache.get(question, workOut) as Promise<Answer>;
  }

  /** Writes a query's result as Parquet, exact decimals included. */
  async writeParquet(sql: string, parameters: Parameters, target: string): Promise<void> {
    await this.withConnection(async (connection) => {
      await connection.run(`copy (${sql}) to ${quotedString(target)} (format parquet)`, parameters);
    });
  }

  close(): void {
    this.connections.close();
  }

  private async withConnection<Result>(
    work: (connection: DuckDBConnection) => Promise<Result>,
  ): Promise<Result> {
    const connection = await this.connections.take();
    try {
      return await work(connection);
    } finally {
      this.connections.give(connection);
    }
  }
}

/** What a file says of itself. Throws where it is none of ours. */
async function describe(connection: DuckDBConnection): Promise<[BuildInfo, Period[]]> {
  const build = (await rowsOf(
    connection,
    `select * replace (strftime(built_at, '%Y-%m-%dT%H:%M:%SZ') as built_at) from meta.build`,
  )) as unknown as BuildInfo[];
  const periods = (await rowsOf(
    connection,
    'select kind, period, fiscal_year, starts_on, ends_on from meta.fiscal_period order by kind, starts_on',
  )) as unknown as Period[];
  if (!build[0]) throw new Error('the file describes no build');
  return [build[0], periods];
}

/** Runs a query and gives its rows as plain values. */
export async function rowsOf(
  connection: DuckDBConnection,
  sql: string,
  parameters: Parameters = {},
): Promise<Row[]> {
  const result = await connection.run(sql, parameters);
  const names = result.deduplicatedColumnNames();
  const isNumber = result.columnTypes().map((type) => numbers.has(type.typeId));
  // A copy of one empty row keeps its layout; rows that grow name by name are read several times slower.
  const empty = JSON.parse(JSON.stringify(Object.fromEntries(names.map((name) => [name, null])))) as Row;
  const rows: Row[] = [];
  // Some two thousand at a time: others have a turn between.
  for await (const part of result.yieldRowsJson())
    for (const cells of part) {
      const row = { ...empty };
      for (let index = 0; index < names.length; index += 1) {
        const cell = cells[index] as Json;
        row[names[index]!] = isNumber[index] && cell !== null ? Number(cell) : (cell as Value);
      }
      rows.push(row);
    }
  return rows;
}

/** Changes whenever another build is swapped in; null where there is no file. */
export function fileStamp(file: string): string | null {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats?.isFile() ? `${stats.ino}-${stats.mtimeMs}-${stats.size}` : null;
}

/** Opens a published file for reading. */
export const openWarehouse = (path: string): Promise<Warehouse> => Warehouse.open(path);
