import type { DuckDBConnection } from '@duckdb/node-api';
import { canonicalTables } from '../schema/canonical.ts';

/** A column that was filled from a header like one and not like another. */
interface Filled {
  table: string;
  column: string;
  like?: RegExp;
  unlike?: RegExp;
}

/**
 * What a table of `latest` says by the ids of another export: `reads` that say them out, and the rows with what the ids
 * stand for in their place. `told` is the table as its own exports tell it.
 */
interface Link {
  table: string;
  /** Tables of which at least one has rows. */
  reads: string[];
  /** Filled columns of which one is needed; else there is nothing to say out. */
  saidBy?: Filled[];
  rows: string;
}

/** Stages by id, and by name where all stages of the name mean the same. */
const stage = `(
  select stage_id as word, name, probability, is_closed, is_won, forecast_category from latest.deal_stage
  union all
  select name, name, null, case when count(distinct is_closed) = 1 then any_value(is_closed) end,
    case when count(distinct is_won) = 1 then any_value(is_won) end,
    case when count(distinct forecast_category) = 1 then any_value(forecast_category) end
  from latest.deal_stage where name is not null and name not in (select stage_id from latest.deal_stage) group by name
)`;

const named = (...kinds: string[]) =>
  `(select id, kind, any_value(name) as name from latest.named_id where kind in (${kinds.map((kind) => `'${kind}'`).join(', ')}) group by id, kind)`;

const stageOf = (table: string): Link => ({
  table,
  reads: ['deal_stage'],
  rows: `select told.* replace (coalesce(stage.name, told.stage) as stage)
    from told left join ${stage} stage on stage.word = told.stage`,
});

const stageOfChange = (table: string): Link => ({
  table,
  reads: ['deal_stage'],
  rows: `select told.* replace (
      case when lower(told.field) = 'stage' then coalesce(before.name, told.old_value) else told.old_value end as old_value,
      case when lower(told.field) = 'stage' then coalesce(after.name, told.new_value) else told.new_value end as new_value
    )
    from told
    left join ${stage} before on before.word = told.old_value
    left join ${stage} after on after.word = told.new_value`,
});

const productOf = (table: string): Link => ({
  table,
  reads: ['named_id'],
  saidBy: [{ table, column: 'product_id', like: /entry/i }],
  rows: `select told.* replace (coalesce(entry.name, told.product_id) as product_id)
    from told left join ${named('price book entry')} entry on entry.id = told.product_id`,
});

/** A header by which a column holds ids and not names: `AccountId`, `OWNER_ID`, `Id. de la cuenta`, `Accountkennung`. */
const ID_HEADER = /(^|[^a-zA-Z])[iI][dD]($|[^a-zA-Z])|Id($|[^a-z])|ID($|[^A-Z])|kennung|External_Id/;

type Named = 'account' | 'person' | 'product';

/** Where deals and their lines refer to each; where these do so by name, everything else may. */
const ofDeals: Record<Named, Filled> = {
  account: { table: 'deal', column: 'account_id', unlike: ID_HEADER },
  person: { table: 'deal', column: 'owner_id', unlike: ID_HEADER },
  product: { table: 'deal_line', column: 'product_id', unlike: ID_HEADER },
};

/** Columns that refer to each, by their names in every table. */
const referring: Record<Named, string[]> = {
  account: ['account_id', 'parent_account_id'],
  person: ['owner_id', 'person_id', 'rep_id', 'coach_id', 'manager_id', 'original_seller_id'],
  product: ['product_id'],
};

/** Reports write names where the export of what is named has ids; a name that only one bears stands for its id. */
const ids = (of: Named) => `(
  select lower(trim(name)) as name, any_value(${of}_id) as id from latest.${of} where name is not null
  group by lower(trim(name))
  having count(distinct ${of}_id) = 1
    and not bool_or(name in (select ${of}_id from latest.${of} where ${of}_id is not null))
)`;

const byName = (table: string, column: string, of: Named): Link => ({
  table,
  reads: [of],
  saidBy: [{ table, column, unlike: ID_HEADER }, ofDeals[of]],
  rows: `select told.* replace (coalesce(named.id, told.${column}) as ${column})
    from told left join ${ids(of)} named on named.name = lower(trim(told.${column}))`,
});

const referringTables = [
  ...canonicalTables.map(({ name, columns }) => ({ name, columns: columns.map((column) => column.name) })),
  { name: 'deal_first_shown', columns: ['owner_id'] },
];

/** One for each column that refers to a customer, a person or a product. */
const namesSaidOut: Link[] = (Object.keys(referring) as Named[]).flatMap((of) =>
  referringTables
    .filter(({ name }) => name !== of)
    .flatMap(({ name, columns }) =>
      columns.filter((column) => referring[of].includes(column)).map((column) => byName(name, column, of)),
    ),
);

/** Changes of the owner name whom the deals name. */
const ownersOfChange = (table: string): Link => ({
  table,
  reads: ['person'],
  rows: `select told.* replace (
      case when lower(told.field) in ('owner', 'owner_id') then coalesce(before.id, told.old_value) else told.old_value end as old_value,
      case when lower(told.field) in ('owner', 'owner_id') then coalesce(after.id, told.new_value) else told.new_value end as new_value
    )
    from told
    left join ${ids('person')} before on before.name = lower(trim(told.old_value))
    left join ${ids('person')} after on after.name = lower(trim(told.new_value))`,
  saidBy: [ofDeals.person],
});

/** In the order in which they are followed: a later one sees what an earlier one made. */
const links: readonly Link[] = [
  {
    table: 'deal',
    reads: ['deal_stage', 'deal_account'],
    // What a stage means goes before what its word alone would say.
    rows: `select told.* replace (
        coalesce(stage.name, told.stage) as stage,
        coalesce(stage.is_closed or stage.is_won, told.is_closed) as is_closed,
        coalesce(stage.is_won, told.is_won) as is_won,
        coalesce(told.probability, stage.probability) as probability,
        coalesce(told.forecast_category, stage.forecast_category) as forecast_category,
        coalesce(told.account_id, customer.customer_id) as account_id
      )
      from told
      left join ${stage} stage on stage.word = told.stage
      left join (
        select deal_id, arg_min(customer_id, (not coalesce(is_primary, false), customer_id)) as customer_id
        from latest.deal_account group by deal_id
      ) customer using (deal_id)`,
  },
  ...namesSaidOut,
  ...['deal_event', 'deal_change'].map(ownersOfChange),
  ...['deal_snapshot', 'deal_first_shown'].map(stageOf),
  ...['deal_event', 'deal_change'].map(stageOfChange),
  ...['deal_line', 'quote_line'].map(productOf),
  {
    table: 'deal_line',
    reads: ['line_of_deal'],
    rows: `select told.* replace (coalesce(link.deal_id, told.deal_id) as deal_id)
      from told
      left join (select line_id, min(deal_id) as deal_id from latest.line_of_deal group by line_id) link
        on link.line_id = told.deal_line_id`,
  },
  {
    // A deal whose lines no export tells was sold as its accepted quote says; with two of them, the later.
    table: 'deal_line',
    reads: ['quote_line', 'quote'],
    rows: `from told
      union all by name
      select line.quote_line_id as deal_line_id, quote.deal_id, line.product_id, line.quantity,
        datediff('month', line.period_start, line.period_end) as term_months, line.unit_list, line.unit_net,
        line.list_amount, line.net_amount, line.discount_kind, line.period_start as service_from, quote.currency,
        line.source_file_id, line.source_line, line.unit_list as first_unit_list, line.list_amount as first_list_amount,
        export.exported_on as first_seen_on
      from latest.quote_line line
      join (
        select * from latest.quote where is_accepted
        qualify row_number() over (partition by deal_id order by quoted_on desc nulls last, quote_id desc) = 1
      ) quote using (quote_id)
      left join (select source_file_id, min(exported_on) as exported_on from latest.export group by all) export
        on export.source_file_id = line.source_file_id
      where quote.deal_id not in (select deal_id from told where deal_id is not null)`,
  },
  {
    table: 'person_assignment',
    reads: ['named_id'],
    saidBy: [{ table: 'person_assignment', column: 'role', like: /role.*id$/i }],
    rows: `select told.* replace (coalesce(named.name, told.role) as role)
      from told left join ${named('role')} named on named.id = told.role`,
  },
  {
    table: 'person_assignment',
    reads: ['named_id'],
    rows: `select told.* replace (coalesce(told.manager_id, manager.name) as manager_id)
      from told left join ${named('manager')} manager on manager.id = told.person_id`,
  },
  {
    table: 'deal_team',
    reads: ['named_id'],
    saidBy: [{ table: 'deal_team', column: 'role', like: /split.*type.*id$/i }],
    rows: `select told.* replace (
        coalesce(named.name, told.role) as role,
        coalesce(told.is_revenue_split, named.kind = 'revenue split') as is_revenue_split
      )
      from told left join ${named('revenue split', 'overlay split')} named on named.id = told.role`,
  },
  {
    // Shares of revenue total 100 on every deal, those of overlays anything: told by sums where no export says it.
    table: 'deal_team',
    reads: ['deal_team'],
    saidBy: [{ table: 'deal_team', column: 'split_share' }],
    rows: `select told.* replace (coalesce(told.is_revenue_split, kind.is_revenue) as is_revenue_split)
      from told
      left join (
        select role, case when not is_whole then false when sum(is_whole::integer) over () = 1 and deals >= 5 then true end as is_revenue
        from (
          select role, bool_and(abs(total - 100) < 0.01) as is_whole, count(*) as deals
          from (
            select role, deal_id, sum(split_share) as total from told
            where split_share is not null and is_revenue_split is null group by role, deal_id
          )
          group by role
        )
      ) kind on kind.role is not distinct from told.role and told.split_share is not null`,
  },
];

/** By table, as far as exports need it: the tables that say out what its ids or names stand for, and in which way. */
export type Followed = ReadonlyMap<string, readonly string[]>;

async function any(connection: DuckDBConnection, sql: string): Promise<boolean> {
  return (await connection.runAndReadAll(sql)).getRows().length > 0;
}

/** What each column of each table was filled from, in all files. */
async function sourceColumns(connection: DuckDBConnection): Promise<Map<string, string[]>> {
  const reader = await connection.runAndReadAll(
    `select table_name || '.' || column_name, list(distinct source) from raw.source_column group by all`,
  );
  return new Map(reader.getRowsJson().map(([column, sources]) => [String(column), sources as string[]]));
}

async function isNeeded(
  connection: DuckDBConnection,
  { reads, saidBy }: Link,
  filled: ReadonlyMap<string, string[]>,
): Promise<boolean> {
  const isSaid = ({ table, column, like, unlike }: Filled) =>
    filled
      .get(`${table}.${column}`)
      ?.some((source) => (!like || like.test(source)) && (!unlike || !unlike.test(source)));
  if (saidBy && !saidBy.some(isSaid)) return false;
  for (const read of reads) if (await any(connection, `select 1 from latest.${read} limit 1`)) return true;
  return false;
}

/**
 * Says out, in the tables of `latest`, what ids of other exports stand for: stages, products of price book entries,
 * customers and lines of deals, roles, splits; and which ids names stand for: customers, people, products. Follows only the links for which there are exports, so that nothing is
 * read that needs none; the order in which exports were loaded makes no difference.
 */
export async function followLinks(connection: DuckDBConnection): Promise<Followed> {
  const followed = new Map<string, string[]>();
  const filled = await sourceColumns(connection);
  for (const [number, link] of links.entries()) {
    if (!(await isNeeded(connection, link, filled))) continue;
    followed.set(link.table, [...(followed.get(link.table) ?? []), ...link.reads, `link ${number}`]);
    const told = `${link.table}_told_${number}`;
    const isView = await any(
      connection,
      `select 1 from duckdb_views() where schema_name = 'latest' and view_name = '${link.table}' and database_name = current_database()`,
    );
    await connection.run(`alter ${isView ? 'view' : 'table'} latest.${link.table} rename to ${told}`);
    await connection.run(
      `create view latest.${link.table} as with told as (from latest.${told}) ${link.rows}`,
    );
  }
  return followed;
}
