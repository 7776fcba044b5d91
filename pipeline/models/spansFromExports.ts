import { quotedIdentifier } from '@duckdb/node-api';
import type { CanonicalTable } from '../schema/canonical.ts';
import { belongs, listed, newestFirst, rowsOf } from './exports.ts';

/** Columns of the table that are neither subject nor span. */
const said = (table: CanonicalTable) =>
  table.columns
    .map(({ name }) => name)
    .filter((name) => !table.spanOf.includes(name) && !['valid_from', 'valid_to'].includes(name));

const every = (table: CanonicalTable) =>
  listed([...table.columns.map(({ name }) => name), 'source_file_id', 'source_line']);

/** What changes from export to export in a subject's one row; a run is a stretch of exports that show it alike. */
function runsOfValues(table: CanonicalTable): string {
  const subject = listed(table.spanOf);
  const values = listed(said(table));
  return `run as (
      select *, sum(is_new::integer) over (partition by ${subject} order by exported_at) as run
      from (
        select *, coalesce(row(${values}) is distinct from lag(row(${values})) over (partition by ${subject} order by exported_at), true) as is_new
        from undated
      )
    ), span as (
      select *, min(exported_on) over (partition by ${subject}, run) as since,
        max(run) over (partition by ${subject}) as last_run
      from run
    ), told as (
      select *, row_number() over (partition by ${subject}, run order by ${newestFirst}) as nth from span
    ), derived as (
      select ${every(table).replace('"valid_from"', `case when run > 1 then since end as valid_from`).replace('"valid_to"', `lead(since) over (partition by ${subject} order by run) as valid_to`)},
        since, run
      from told where nth = 1
    )`;
}

/** Who belongs, and since and until which export of what they belong to. */
function runsOfPresence(table: CanonicalTable, { within, alsoTold }: { within: string; alsoTold?: string }) {
  const subject = listed(table.spanOf);
  const holder = quotedIdentifier(within);
  const also = alsoTold
    ? `union select t.${holder}, e.recognised_as, e.exported_at, e.exported_on
       from raw.${quotedIdentifier(`${alsoTold}_row`)} t join latest.export e using (source_file_id)`
    : '';
  const places = `partition by ${subject} order by place`;
  return `told_at as (
      select *, row_number() over (partition by ${holder}, recognised_as order by exported_at) as place,
        lead(exported_on) over (partition by ${holder}, recognised_as order by exported_at) as next_on
      from (
        select t.${holder}, e.recognised_as, e.exported_at, e.exported_on
        from ${rowsOf(table)} t join latest.export e using (source_file_id)
        ${also}
      )
    ), present as (
      select undated.*, told_at.place, told_at.next_on,
        told_at.place - row_number() over (partition by ${subject} order by told_at.place) as island
      from undated join told_at using (${holder}, recognised_as, exported_at)
    ), told as (
      select *, min(place) over (partition by ${subject}, island) as first_place,
        min(exported_on) over (partition by ${subject}, island) as since,
        row_number() over (partition by ${subject}, island order by place desc) as nth
      from present
      window w as (${places})
    ), derived as (
      select ${every(table).replace('"valid_from"', 'case when first_place > 1 then since end as valid_from').replace('"valid_to"', 'next_on as valid_to')},
        since, first_place as run
      from told where nth = 1
    )`;
}

/**
 * The spans of a table of spans of which several exports tell. A subject that some source dates is told whole by the
 * last export of each kind, since what earlier ones say may have ended on another day. Of one that no source dates the
 * exports themselves are the dates: a value holds until the export that first showed another, the first one from
 * always. Which is which stands in is_dated. A price is known on each day from the first export that shows it.
 */
export function spansOf(table: CanonicalTable, given: string): string {
  const subject = listed(table.spanOf);
  const key = listed(table.key);
  const belonging = belongs[table.name];
  const isPrice = table.name === 'list_price';
  const columns = every(table);
  const seen = columns.replace('"valid_from"', 'since as valid_from');
  const unseen = columns.replace('"valid_to"', 'since as valid_to');
  const parts = isPrice
    ? `select ${unseen}, false as is_dated from derived where run = 1
       union all
       select ${seen}, false from derived where valid_to is null or since < valid_to`
    : `select ${columns}, false as is_dated from derived
       where valid_from is null or valid_to is null or valid_from < valid_to`;
  return `with given as materialized (
      select *, bool_or(valid_from is not null or valid_to is not null) over (partition by ${subject}) as has_dates
      from ${given}
    ), dated as (
      select * from given where has_dates
      qualify exported_at = max(exported_at) over (partition by ${subject}, recognised_as)
    ), undated as (
      select * from (
        select * from given where not has_dates
        qualify recognised_as = first_value(recognised_as) over (partition by ${subject} order by ${newestFirst})
      )
      qualify row_number() over (partition by ${subject}, exported_at order by ${newestFirst}) = 1
    ), ${belonging ? runsOfPresence(table, belonging) : runsOfValues(table)}
    select ${columns}, valid_from is not null or valid_to is not null as is_dated from dated
    qualify row_number() over (partition by ${key} order by ${newestFirst}) = 1
    union all
    ${parts}`;
}
