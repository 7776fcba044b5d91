import { quotedIdentifier, quotedString, type DuckDBConnection } from '@duckdb/node-api';
import { canonicalTables, type CanonicalTable } from '../schema/canonical.ts';
import { createDealChanges, findDealChanges } from './dealChanges.ts';
import {
  createExports,
  findFeeding,
  listed,
  newestFirst,
  oldestFirst,
  ordering,
  repeatsAcrossExports,
  rowsOf,
  shownRows,
} from './exports.ts';
import { followLinks, type Followed } from './links.ts';
import { spansOf } from './spansFromExports.ts';
import { createVanished, findVanished, vanishing } from './vanished.ts';

/**
 * The layer `latest`: of each canonical table, every key's row as the last export that holds it shows it, with what
 * several exports tell together: since when spans hold, what changed on deals, what has vanished. Written from the
 * schema, since the rule is the same for every table. Of what only one export tells none of this costs anything.
 * Returns which tables say out what the ids of others stand for.
 */
export async function createLatest(connection: DuckDBConnection): Promise<Followed> {
  await connection.run('create schema latest');
  await createExports(connection);
  await createVanished(connection);
  await createDealChanges(connection);
  const repeated = new Set<CanonicalTable>();
  const { several, replaced } = await findFeeding(connection);
  for (const table of canonicalTables)
    if (several.has(table.name) && (await repeatsAcrossExports(connection, table, replaced.has(table.name))))
      repeated.add(table);
  for (const table of vanishing) await findVanished(connection, table, repeated.has(table));
  const linesGone = await hasLinesGone(connection);
  for (const table of canonicalTables) {
    const rows = repeated.has(table)
      ? lastOfEachKey(table, await shownRows(connection, table))
      : await everyRow(connection, table, linesGone, replaced.has(table.name));
    await connection.run(rows);
  }
  await findDealChanges(connection, repeated);
  return followLinks(connection);
}

const named = (table: CanonicalTable) => `latest.${quotedIdentifier(table.name)}`;

/** A line that was taken off a deal counts no more; one that vanished with its deal is history as the deal is. */
const takenOff = `deal_line_id in (select key from latest.vanished line where line.table_name = 'deal_line'
  and not exists (from latest.vanished deal where deal.table_name = 'deal' and deal.key = line.deal_id))`;

/** Asked once: looking for each line among none takes time where there are millions. */
async function hasLinesGone(connection: DuckDBConnection): Promise<boolean> {
  const gone = await connection.runAndReadAll(
    `select 1 from latest.vanished where table_name = 'deal_line' limit 1`,
  );
  return gone.getRows().length > 0;
}

/** Above so many files, a list of them is slower than a join with them. Ours. */
const FEW_FILES = 200;

interface Feed {
  file: string;
  /** The first day on which it was exported; null for a file that does not count. */
  exportedOn: string | null;
}

async function feedsOf(connection: DuckDBConnection, table: CanonicalTable): Promise<Feed[]> {
  const reader = await connection.runAndReadAll(
    `select source_file_id as file, min(export.exported_on)::varchar as "exportedOn"
     from (select distinct source_file_id from raw.source_file_table where table_name = $name) fed
     left join latest.export export using (source_file_id)
     group by source_file_id order by source_file_id`,
    { name: table.name },
  );
  return reader.getRowObjectsJson() as unknown as Feed[];
}

/** The rows of the files that count, where each thing is told of once. */
async function everyRow(
  connection: DuckDBConnection,
  table: CanonicalTable,
  linesGone: boolean,
  hasReplaced: boolean,
): Promise<string> {
  const isLines = table.name === 'deal_line';
  const feeds = hasReplaced || isLines ? await feedsOf(connection, table) : [];
  const isFew = feeds.length <= FEW_FILES;
  const gone = feeds.filter(({ exportedOn }) => exportedOn === null).map(({ file }) => quotedString(file));
  // Compared file by file, the rows need no join, which those who ask nothing of the files would pay for, too.
  const counting = isFew
    ? `source_file_id not in (${gone.join(', ')})`
    : `source_file_id in (select source_file_id from latest.export)`;
  const conditions = gone.length > 0 ? [counting] : [];
  if (!isLines) {
    const dated =
      table.spanOf.length > 0 ? ', valid_from is not null or valid_to is not null as is_dated' : '';
    const where = conditions.length > 0 ? ` where ${conditions.join(' and ')}` : '';
    return `create view ${named(table)} as select *${dated} from ${rowsOf(table)}${where}`;
  }
  if (linesGone) conditions.push(`not ${takenOff}`);
  const days = feeds.flatMap(({ file, exportedOn }) =>
    exportedOn === null ? [] : [`when ${quotedString(file)} then date ${quotedString(exportedOn)}`],
  );
  const seen =
    days.length === 0 ? 'null::date' : isFew ? `case source_file_id ${days.join(' ')} end` : 'e.exported_on';
  return `create view ${named(table)} as
    select t.*, unit_list as first_unit_list, list_amount as first_list_amount, ${seen} as first_seen_on
    from ${rowsOf(table)} t
    ${isFew ? '' : 'join (select source_file_id, min(exported_on) as exported_on from latest.export group by source_file_id) e using (source_file_id)'}
    ${conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''}`;
}

function lastOfEachKey(table: CanonicalTable, given: string): string {
  const create = `create table ${named(table)} as`;
  if (table.spanOf.length > 0) return `${create} ${spansOf(table, given)}`;
  if (table.name === 'deal_line') return `${create} ${stampedLines(table, given)}`;
  return `${create} select * exclude (${listed(ordering)}) from ${given}
    qualify row_number() over (partition by ${listed(table.key)} order by ${newestFirst}) = 1`;
}

/**
 * Lines with their own list price as it was when one first stood on the line. A line that is for another product,
 * currency or price period since has another price. A list amount is for the quantity and term it stood beside.
 */
function stampedLines(table: CanonicalTable, given: string): string {
  const first = (of: string) => `first_value(${of} ignore nulls) over same_price`;
  return `select * exclude (${listed(ordering)}, first_list) replace (
      case
        when first_list.quantity = coalesce(quantity, 1) and first_list.term is not distinct from term_months then first_list.amount
        else (first_list.amount * coalesce(quantity, 1) / nullif(first_list.quantity, 0)
          * coalesce(term_months / nullif(first_list.term, 0), 1))::decimal(18, 4)
      end as first_list_amount
    )
    from (
      select *,
        ${first('nullif(unit_list, 0)')} as first_unit_list,
        ${first(`case when nullif(list_amount, 0) is not null
          then {'amount': list_amount, 'quantity': coalesce(quantity, 1), 'term': term_months} end`)} as first_list,
        null::decimal(18, 4) as first_list_amount,
        ${first('case when coalesce(nullif(unit_list, 0), nullif(list_amount, 0)) is not null then exported_on end')} as first_seen_on
      from ${given}
      window same_price as (
        partition by ${listed(table.key)}, product_id, currency, price_period order by ${oldestFirst}
        rows between unbounded preceding and unbounded following
      )
      qualify row_number() over (partition by ${listed(table.key)} order by ${newestFirst}) = 1
    )
    where not ${takenOff}`;
}

/** Core tables that need no rule of their own are the latest rows as they stand. */
export async function createPlainCore(connection: DuckDBConnection, withRules: Set<string>): Promise<void> {
  for (const table of canonicalTables) {
    if (withRules.has(table.name)) continue;
    const name = quotedIdentifier(table.name);
    const columns = table.columns.map((column) => quotedIdentifier(column.name)).join(', ');
    await connection.run(
      `create or replace view core.${name} as select ${columns}, source_file_id, source_line from latest.${name}`,
    );
  }
}
