import { quotedIdentifier, type DuckDBConnection } from '@duckdb/node-api';

/** More different words than this are no small set: the column stays text. Ours. */
const MOST = 5000;

const owners = `select owner_id as word from latest.deal union select original_seller_id from latest.deal
  union select owner_id from latest.deal_snapshot union select manager_id from latest.person_assignment
  union select person_id from latest.account_role
  union select unnest([old_value, new_value]) from latest.deal_event where lower(field) in ('owner', 'owner_id')
  union select unnest([old_value, new_value]) from latest.deal_change where field = 'owner'
  union select owner_id from latest.deal_first_shown`;
const products = `select product_id as word from latest.deal_line union select product_id from latest.product`;

/** For each type, all the words that its columns may say. */
const words: Record<string, string> = {
  region: `select region as word from latest.person_assignment union select region from latest.account`,
  team: `select team as word from latest.person_assignment`,
  person_id: owners,
  person_name: `${owners} union select name from latest.person`,
  segment: `select segment as word from latest.account`,
  industry: `select industry as word from latest.account`,
  country: `select country as word from latest.account`,
  product_id: products,
  product_name: `${products} union select name from latest.product`,
  product_family: `select family as word from latest.product`,
  deal_type: `select deal_type as word from meta.deal_type_word union select deal_type_as_said(deal_type) from latest.deal_line
    union select 'mixed'`,
  source_type: `select type as word from latest.deal`,
  stage: `select stage as word from latest.deal`,
  forecast_category: `select forecast_category as word from latest.deal`,
  channel: `select channel as word from latest.deal`,
  partner_id: `select partner_id as word from latest.deal`,
  lost_reason: `select lost_reason as word from latest.deal`,
  price_book: `select price_book as word from latest.deal union select price_book from latest.deal_line union select ''`,
  currency: `select currency as word from latest.deal union select currency from latest.deal_line
    union select currency from meta.build`,
  motion: `select lower(motion) as word from latest.deal_line union select unnest(['new', 'land', 'renew', 'expand'])`,
  upsell_driver: `select upsell_driver as word from latest.deal_line`,
  price_period: `select lower(price_period) as word from latest.deal_line union select lower(price_period) from latest.list_price
    union select 'once'`,
  discount_kind: `select lower(discount_kind) as word from latest.deal_line union select 'unknown'`,
  discount_reason: `select discount_reason as word from latest.deal_line`,
  list_source: `select unnest(['line', 'dated price book', 'line, seen after the close', 'undated price book']) as word`,
  fiscal_quarter: `select period as word from meta.fiscal_period where kind = 'quarter'`,
  fiscal_month: `select period as word from meta.fiscal_period where kind = 'month'`,
  source_file_id: `select source_file_id as word from raw.source_file`,
  source_file: `select path as word from raw.source_file`,
};

/**
 * Creates a type core.<name> for each dimension of the facts whose columns say one of a few words: an ENUM of these
 * words in the order of the alphabet, which is stored and grouped as a number and reads as text. Where the words are
 * many, or none, it is another name for VARCHAR, so that models can always cast to it.
 */
export async function createWordTypes(connection: DuckDBConnection): Promise<void> {
  for (const [name, source] of Object.entries(words)) {
    const type = `core.${quotedIdentifier(name)}`;
    const said = `select distinct word from (${source}) where word is not null`;
    const reader = await connection.runAndReadAll(
      `select count(*)::integer from (${said} limit ${MOST + 1})`,
    );
    const count = Number(reader.getRows()[0]?.[0]);
    const few = count > 0 && count <= MOST;
    await connection.run(`create type ${type} as ${few ? `enum (${said} order by word)` : 'varchar'}`);
  }
}
