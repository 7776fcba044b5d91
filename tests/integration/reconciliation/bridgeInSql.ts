/**
 * The dollar bridge of discount spend between two periods in plain SQL, by the definition in words and not by our code.
 * `line` has the columns grp, own_list, own_discount, list, discount, currency and, of each row, whether it is_now. The
 * earlier period counts at what a unit of each currency's list came to in the later one; what that changes is currency.
 */
export const bridgeInSql = (line: string): string => `
  with line as (${line}),
  rate as (
    select currency, sum(list) filter (is_now) / nullif(sum(own_list) filter (is_now), 0) as later from line group by currency
  ),
  amount as (
    select grp, is_now,
      if(is_now or later is null, list, own_list * later)::double as list,
      if(is_now or later is null, discount, own_discount * later)::double as discount
    from line join rate using (currency)
  ),
  part as (
    select grp,
      coalesce(sum(list) filter (not is_now), 0) as l0, coalesce(sum(discount) filter (not is_now), 0) as d0,
      coalesce(sum(list) filter (is_now), 0) as l1, coalesce(sum(discount) filter (is_now), 0) as d1
    from amount group by grp
  ),
  whole as (select sum(l0) as big_l0, sum(d0) as big_d0, sum(l1) as big_l1, sum(d1) as big_d1 from part)
  select
    (select sum(discount) filter (not is_now) from line)::double as before,
    any_value(big_d1) as now,
    any_value(big_l1 - big_l0) * any_value(big_d0 / big_l0) as volume,
    any_value(big_l1) * coalesce(sum((l1 / big_l1 - l0 / big_l0) * (d0 / l0 - big_d0 / big_l0)) filter (l0 > 0 and l1 > 0), 0) as mix,
    any_value(big_l1) * coalesce(sum(l1 / big_l1 * (d1 / l1 - d0 / l0)) filter (l0 > 0 and l1 > 0), 0) as rate,
    any_value(big_l1) * coalesce(sum(l1 / big_l1 * (d1 / l1 - big_d0 / big_l0)) filter (l0 = 0 and l1 > 0), 0) as added,
    -any_value(big_l1) * coalesce(sum(l0 / big_l0 * (d0 / l0 - big_d0 / big_l0)) filter (l0 > 0 and l1 = 0), 0) as gone,
    any_value(big_d0) - (select sum(discount) filter (not is_now) from line)::double as currency
  from part, whole`;
