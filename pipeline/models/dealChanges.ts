import type { DuckDBConnection } from '@duckdb/node-api';
import { canonicalTable, type CanonicalTable } from '../schema/canonical.ts';
import { newestFirst, shownRows } from './exports.ts';
import { model } from './statements.ts';

/** Creates the tables of what exports tell of a deal's past; empty where one export tells all. */
export async function createDealChanges(connection: DuckDBConnection): Promise<void> {
  const stood = `stage varchar, amount decimal(18, 4), closed_on date, forecast_category varchar,
    probability decimal(18, 8), owner_id varchar, source_file_id varchar, source_line bigint`;
  await connection.run(`create table latest.deal_change (deal_id varchar, happened_at timestamp, after_at timestamp,
    sequence bigint, field varchar, old_value varchar, new_value varchar, source_file_id varchar, source_line bigint)`);
  await connection.run(`create table latest.deal_first_shown
    (deal_id varchar, shown_at timestamp, before_at timestamp, ${stood})`);
}

/** Finds what changed on deals from export to export, where more than one tells of the same deals. */
export async function findDealChanges(
  connection: DuckDBConnection,
  repeated: ReadonlySet<CanonicalTable>,
): Promise<void> {
  const deal = canonicalTable('deal')!;
  if (!repeated.has(deal)) return;
  await connection.run(
    `create temp table shown_deal as
     select * from (
       select * from ${await shownRows(connection, deal)}
       qualify recognised_as = first_value(recognised_as) over (partition by deal_id order by ${newestFirst})
     )
     qualify row_number() over (partition by deal_id, exported_at order by ${newestFirst}) = 1`,
  );
  for (const name of ['deal_change', 'deal_first_shown']) await connection.run(model('latest', name));
  await connection.run('drop table shown_deal');
}
