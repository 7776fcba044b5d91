import { quotedIdentifier, type DuckDBConnection } from '@duckdb/node-api';
import { canonicalTables, sqlTypes } from '../schema/canonical.ts';
import { statements } from '../models/statements.ts';

/** Creates the empty `raw` layer: what was loaded, kept for ever. */
export async function createRawTables(connection: DuckDBConnection): Promise<void> {
  for (const { text } of statements('raw')) await connection.run(text);
  for (const table of canonicalTables) {
    const columns = table.columns.map(
      (column) => `${quotedIdentifier(column.name)} ${sqlTypes[column.type]}`,
    );
    await connection.run(
      `create table raw.${quotedIdentifier(`${table.name}_row`)} (
         source_file_id varchar, source_line bigint, ${columns.join(', ')})`,
    );
  }
}
