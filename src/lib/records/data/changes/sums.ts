import { mustSeeEverything, type Scope } from '../../../access/scope.ts';
import type { Compared } from './compared.ts';

/** What won deals come to, in the reporting currency. */
export interface Sums {
  deals: number;
  list_amount: number;
  net_amount: number;
  discount: number;
}

export const sumNames = ['deals', 'list_amount', 'net_amount', 'discount'] as const;

type Prefixed<Prefix extends string> = { [Name in keyof Sums as `${Prefix}_${Name}`]: number };

/** One fiscal quarter of won deals by the two builds, and the sum of the changes that lie between. */
export interface QuarterSums extends Prefixed<'before'>, Prefixed<'after'>, Prefixed<'change'> {
  /** Null for deals without a day of closing; the row of all quarters says so by `is_total`. */
  fiscal_quarter: string | null;
  is_total: boolean;
  /** Whether the changes add up to after less before, to the last decimal. */
  adds_up: boolean;
}

const sumsOf = (build: 'before' | 'after') => `
  select fiscal_quarter, grouping(fiscal_quarter) = 1 as is_total, count(*) as ${build}_deals,
    ${['list_amount', 'net_amount', 'discount'].map((name) => `sum(${name}) as ${build}_${name}`).join(', ')}
  from ${build}_deal where is_won group by rollup (fiscal_quarter)`;

const known = (name: string) => `coalesce(${name}, 0)`;

const query = `
  with summed as (
    select fiscal_quarter, grouping(fiscal_quarter) = 1 as is_total,
      ${sumNames.map((name) => `sum(${name}) as change_${name}`).join(', ')}
    from change group by rollup (fiscal_quarter)
  ),
  keys as (
    select fiscal_quarter, is_total from (${sumsOf('before')})
    union select fiscal_quarter, is_total from (${sumsOf('after')})
    union select fiscal_quarter, is_total from summed
  )
  select keys.fiscal_quarter as fiscal_quarter, keys.is_total as is_total,
    ${sumNames
      .flatMap((name) => ['before', 'after', 'change'].map((part) => `${part}_${name}`))
      .map((name) => `${known(name)} as ${name}`)
      .join(', ')},
    ${sumNames
      .map((name) => `${known(`after_${name}`)} - ${known(`before_${name}`)} = ${known(`change_${name}`)}`)
      .join(' and ')} as adds_up
  from keys
  left join (${sumsOf('before')}) b on b.fiscal_quarter is not distinct from keys.fiscal_quarter and b.is_total = keys.is_total
  left join (${sumsOf('after')}) a on a.fiscal_quarter is not distinct from keys.fiscal_quarter and a.is_total = keys.is_total
  left join summed s on s.fiscal_quarter is not distinct from keys.fiscal_quarter and s.is_total = keys.is_total
  order by keys.is_total, keys.fiscal_quarter nulls last`;

/** Won deals by fiscal quarter of their close in both builds, the row of all of them last. */
export async function quarterSums({ two }: Compared, scope: Scope): Promise<QuarterSums[]> {
  mustSeeEverything(scope);
  return two.remember(`quarters ${JSON.stringify(scope)}`, () => two.rows<QuarterSums>(query));
}

/** Why sums differ: one cause, by the file that the deals or lines were read from. */
export interface CauseSums extends Sums {
  cause: string;
  source_file: string | null;
  /** What the later build knows of it: not read by the earlier one, read in a newer export, or the same. */
  file_was: 'new' | 'exported again' | 'the same';
  deals_touched: number;
}

/** Every cause with what it moved, by file; the rows add up to after less before. */
export async function causeSums({ two }: Compared, scope: Scope): Promise<CauseSums[]> {
  mustSeeEverything(scope);
  return two.remember(`causes ${JSON.stringify(scope)}`, () =>
    two.rows<CauseSums>(`
      select cause, source_file, case when file.path is null or not is_changed then 'the same'
          when was_there then 'exported again' else 'new' end as file_was,
        count(distinct deal_id) as deals_touched, ${sumNames.map((name) => `sum(${name}) as ${name}`).join(', ')}
      from change left join changed_path file on file.path = source_file
      group by cause, source_file, file_was
      order by abs(sum(net_amount)) desc, abs(sum(list_amount)) desc, cause, source_file`),
  );
}

/** How many there are in both builds, and how many came, went and differ. */
export interface Counted {
  what: 'deals' | 'lines' | 'customers';
  before: number;
  after: number;
  came: number;
  went: number;
  changed: number;
}

const counted = `
  select 'deals' as what, (select count(*) from before_deal) as before, (select count(*) from after_deal) as after,
    count(*) filter (not was_there) as came, count(*) filter (not is_there) as went,
    count(*) filter (was_there and is_there) as changed
  from changed_deal
  union all
  select 'lines', (select count(*) from before_line), (select count(*) from after_line),
    count(*) filter (not was_there), count(*) filter (not is_there), count(*) filter (was_there and is_there)
  from changed_line
  union all
  select 'customers', (select count(*) from before_customer), (select count(*) from after_customer),
    count(*) filter (not was_there), count(*) filter (not is_there), count(*) filter (was_there and is_there)
  from changed_customer`;

/** Deals, lines and customers of both builds. */
export async function countsOf({ two }: Compared, scope: Scope): Promise<Counted[]> {
  mustSeeEverything(scope);
  return two.remember(`counts ${JSON.stringify(scope)}`, () => two.rows<Counted>(counted));
}
