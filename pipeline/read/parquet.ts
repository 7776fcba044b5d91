import { quotedIdentifier, quotedString, type DuckDBConnection } from '@duckdb/node-api';
import { measure } from './measure.ts';
import { oneRow } from './relation.ts';
import type { SourceTable } from './table.ts';
import { UnreadableFile } from './unreadable.ts';

/**
 * Reads a Parquet file. Its columns come as text like every file's; `typedRelation` keeps the types the file
 * states. A record's line is its number, counted from 1.
 */
export async function readParquet(connection: DuckDBConnection, path: string): Promise<SourceTable> {
  const { hash, bytes } = await measure(path, 10);
  const typedRelation = `read_parquet(${quotedString(path)}, hive_partitioning = false)`;
  try {
    const reader = await connection.runAndReadAll(`describe select * from ${typedRelation}`);
    const columns = reader.getRowsJS().map((row) => String(row[0]));
    const texts = columns.map((name, index) => `cast(${quotedIdentifier(name)} as varchar) as c${index}`);
    const [rows] = (await oneRow(connection, `select count(*) from ${typedRelation}`)) as [number];
    return {
      path,
      dialect: {
        format: 'parquet',
        encoding: 'utf-8',
        bom: false,
        compression: 'none',
        delimiter: '',
        quote: '',
        escape: '',
        newline: '\n',
        header_line: 0,
      },
      header: [columns],
      columns,
      relation: `(select ${texts.join(', ')} from ${typedRelation})`,
      typedRelation,
      rows,
      firstLine: 1,
      rejected: [],
      setAside: [],
      oddities: ['A Parquet file has no lines: its records are counted from 1.'],
      contentHash: hash,
      bytes,
    };
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
    throw new UnreadableFile(path, `This Parquet file is damaged or cut off: ${detail}`);
  }
}
