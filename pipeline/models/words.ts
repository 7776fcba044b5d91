import { quotedIdentifier, type DuckDBConnection } from '@duckdb/node-api';
import { markOf, type Mark, type Sources } from './marks.ts';
import { readsOf } from './model.ts';

/** More different words than this are no small set: the column stays text. Ours. */
const MOST = 5000;

const owners = `select owner_id as word from latest.deal union select original_seller_id from latest.deal
  union select owner_id from latest.deal_snapshot union select manager_id from latest.person_assignment
  union select person_id from latest.account_role
  union select unnest([old_value, new_value]) from latest.deal_event where lower(field) in ('owner', 'owner_id')
  union select unnest([old_value, new_value]) from latest.deal_change where field = 'owner'
  union select owner_id from latest.deal_first_shown`;
const products = `select product_id as word from latest.deal_line union select product_id from latest.product`;

/** Files whose rows lines and deals are made of. */
const ofDeals = `(from raw.source_file semi join
  (select source_file_id from raw.source_file_table where table_name in ('deal', 'deal_line', 'quote_line')) using (source_file_id))`;

/** For each type, all the words that its columns may say. */
const sources: Record<string, string> = {
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
  source_file: `select path as word from ${ofDeals}`,
};

const typeName = (name: string) => `core.${quotedIdentifier(name)}`;
const isFew = (count: number) => count > 0 && count <= MOST;

const found = (name: string) => `passing.${quotedIdentifier(`words of ${name}`)}`;

/** Whether a type has all the words that were found for it: one that has more will do. */
async function hasWords(connection: DuckDBConnection, name: string): Promise<boolean> {
  const isEnum = await connection.runAndReadAll(
    `select 1 from duckdb_types() where database_name = current_database() and schema_name = 'core'
     and type_name = $name and logical_type = 'ENUM'`,
    { name },
  );
  if (isEnum.getRows().length === 0) return false;
  const reader = await connection.runAndReadAll(
    `select count(*)::integer, count(*) filter (word not in (select unnest(enum_range(null::${typeName(name)}))::varchar))::integer
     from ${found(name)}`,
  );
  const [count, lacking] = reader.getRows()[0] ?? [];
  return isFew(Number(count)) && lacking === 0;
}

/** Sets the words of a type aside. Returns a mark of them as the type would be created of them. */
async function findWords(connection: DuckDBConnection, name: string): Promise<Mark> {
  await connection.run(
    `create or replace table ${found(name)} as
     select distinct word from (${sources[name]!}) where word is not null limit ${MOST + 1}`,
  );
  const reader = await connection.runAndReadAll(
    `select count(*)::integer, md5(string_agg(word, '|' order by word)) from ${found(name)}`,
  );
  const [count, words] = reader.getRows()[0] ?? [];
  return isFew(Number(count)) ? markOf(String(words)) : markOf('varchar');
}

export interface WordTypes {
  /** Of each type `core.<name>`, and of what its words were read from. */
  marks: Map<string, Mark>;
  /** Types whose words are others than in the build before. */
  outdated: string[];
}

const wordsOf = (name: string) => `words of core.${name}`;

/**
 * Finds the types core.<name>, one for each dimension of the facts whose columns say one of a few words: an ENUM of
 * these words in the order of the alphabet, which is stored and grouped as a number and reads as text. Where the words
 * are many, or none, it is another name for VARCHAR, so that models can always cast to it. Says which of the types of
 * the build before no longer hold.
 */
export async function findWordTypes(
  connection: DuckDBConnection,
  { markOf: sourceMark }: Sources,
  before: ReadonlyMap<string, Mark>,
): Promise<WordTypes> {
  const marks = new Map<string, Mark>();
  const outdated: string[] = [];
  for (const [name, source] of Object.entries(sources)) {
    const read = markOf(source, ...readsOf(source).map((table) => sourceMark(table, source)));
    const isSame = before.get(wordsOf(name)) === read;
    const known = before.get(`core.${name}`);
    const told = isSame ? known! : await findWords(connection, name);
    const words = known && told !== known && (await hasWords(connection, name)) ? known : told;
    marks.set(wordsOf(name), read);
    marks.set(`core.${name}`, words);
    if (known !== words) outdated.push(name);
  }
  return { marks, outdated };
}

/** Creates types anew of the words that were found; columns that have the types must be gone. */
export async function createWordTypes(connection: DuckDBConnection, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const reader = await connection.runAndReadAll(`select count(*)::integer from ${found(name)}`);
    const words = isFew(Number(reader.getRows()[0]?.[0]))
      ? `enum (select word from ${found(name)} order by word)`
      : 'varchar';
    await connection.run(`drop type if exists ${typeName(name)}`);
    await connection.run(`create type ${typeName(name)} as ${words}`);
    await connection.run(`drop table ${found(name)}`);
  }
}
