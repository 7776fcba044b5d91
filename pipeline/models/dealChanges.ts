import type { DuckDBConnection } from '@duckdb/node-api';
import { canonicalTable, type CanonicalTable } from '../schema/canonical.ts';
import { newestFirst, shownRows } from './exports.ts';
import { model } from './statements.ts';

/** Creates the tables of what several exports tell of the past; empty where one export tells all. */
export async function createDealChanges(connection: DuckDBConnection): Promise<void> {
  const place = 'source_file_id varchar, source_line bigint';
  const tables = {
    deal_change: `deal_id varchar, happened_at timestamp, after_at timestamp, sequence bigint, field varchar,
      old_value varchar, new_value varchar, ${place}`,
    deal_first_shown: `deal_id varchar, shown_at timestamp, before_at timestamp, stage varchar, amount decimal(18, 4),
      closed_on date, forecast_category varchar, probability decimal(18, 8), owner_id varchar, ${place}`,
    deal_version: `deal_id varchar, from_on date, to_on date, is_won boolean, closed_on date, amount decimal(18, 4),
      currency varchar`,
    line_version: `deal_line_id varchar, deal_id varchar, from_on date, to_on date, quantity decimal(18, 4),
      term_months decimal(18, 4), price_period varchar, unit_net decimal(18, 8), net_amount decimal(18, 4),
      discount_percent decimal(18, 8), currency varchar, first_unit_list decimal(18, 8),
      first_list_amount decimal(18, 4), first_quantity decimal(18, 4), first_term decimal(18, 4), first_seen_on date`,
    rate_change: `currency varchar, on_date date, rate_set varchar, exported_on date, from_on date,
      rate_before decimal(18, 8), rate_after decimal(18, 8)`,
  };
  for (const [name, columns] of Object.entries(tables))
    await connection.run(`create table latest.${name} (${columns})`);
}

/** One row for each deal and instant at which it was exported, of the kind of export that last showed it. */
async function showDeals(connection: DuckDBConnection, deal: CanonicalTable): Promise<void> {
  await connection.run(
    `create temp table shown_deal as
     select * from (
       select * from ${await shownRows(connection, deal)}
       qualify recognised_as = first_value(recognised_as) over (partition by deal_id order by ${newestFirst})
     )
     qualify row_number() over (partition by deal_id, exported_at order by ${newestFirst}) = 1`,
  );
}

/** Deals on which several exports tell lines differently, or not the same lines. */
async function changedLines(connection: DuckDBConnection, repeats: boolean): Promise<void> {
  await connection.run(
    repeats
      ? `create temp table changed_line as
         with shown as (
           select deal_id, deal_line_id, exported_on, recognised_as,
             row(quantity, term_months, price_period, unit_net, net_amount, discount_percent, t.currency) as said
           from raw.deal_line_row t join latest.export using (source_file_id)
         )
         select distinct deal_id from (
           select deal_id from shown group by deal_id, deal_line_id having count(distinct said) > 1
           union all
           select deal_id from shown group by deal_id, deal_line_id, recognised_as
           having min(exported_on) > (select min(exported_on) from shown every where every.recognised_as = shown.recognised_as)
           union all
           select deal_id from latest.vanished where table_name = 'deal_line'
         )`
      : 'create temp table changed_line (deal_id varchar)',
  );
}

/** Finds what changed on deals and rates from export to export, where more than one tells of the same ones. */
export async function findDealChanges(
  connection: DuckDBConnection,
  repeated: ReadonlySet<CanonicalTable>,
): Promise<void> {
  const deal = canonicalTable('deal')!;
  if (repeated.has(canonicalTable('fx_rate')!)) await connection.run(model('latest', 'rate_change'));
  if (!repeated.has(deal)) return;
  await showDeals(connection, deal);
  await changedLines(connection, repeated.has(canonicalTable('deal_line')!));
  for (const name of ['deal_change', 'deal_first_shown', 'deal_version', 'line_version'])
    await connection.run(model('latest', name));
  for (const name of ['shown_deal', 'changed_line']) await connection.run(`drop table ${name}`);
}
