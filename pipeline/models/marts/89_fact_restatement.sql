-- One row per line of a deal, fiscal quarter and export (deal_line_id, fiscal_quarter, exported_on): what a later export
-- changed of a quarter that was over when the one before it was made (from_exported_on). A deal without lines stands as
-- one line, as everywhere. list, net and discount before and after are what the line counted for in that quarter, in the
-- reporting currency; NULL where it did not count, or list was unknown. Only what is won counts. cause says why:
-- 'amount changed', 'quantity changed', 'line added', 'line removed', 'deal added late', 'won later' (or closed in
-- arrears), 'reopened' (or no longer won), 'close date moved' (out of the quarter or into it), 'list known later', and
-- 'rate restated'. Amounts are at the rates known now, and restated rates count on the amounts known now.
create table marts.fact_restatement as
with started as (
    select deal_id, deal_line_id, coalesce(from_on, date '0001-01-01') as from_on, coalesce(to_on, date '9999-12-31') as to_on, * exclude (deal_id, deal_line_id, from_on, to_on)
    from latest.line_version
),

deal_started as (
    select deal_id, coalesce(from_on, date '0001-01-01') as from_on, coalesce(to_on, date '9999-12-31') as to_on, * exclude (deal_id, from_on, to_on)
    from latest.deal_version
),

cut as (
    select deal_id, from_on as day from deal_started where from_on > date '0001-01-01'
    union
    select deal_id, from_on from started where from_on > date '0001-01-01'
    union
    select deal_id, to_on from started where to_on < date '9999-12-31'
    union
    select deal_id, first_seen_on from started where first_seen_on is not null
),

exported as (
    select distinct exported_on
    from latest.export
    join raw.source_file_table part using (source_file_id)
    where part.table_name in ('deal', 'deal_line')
),

since as (
    select cut.deal_id, cut.day, max(exported.exported_on) as from_exported_on
    from cut
    join exported on exported.exported_on < cut.day
    group by cut.deal_id, cut.day
),

-- Twice: how things stood on the eve of the export, and how it shows them.
side as (
    select *, unnest([false, true]) as is_after from since
),

deal_then as (
    select side.*, version.deal_id is not null as is_there, coalesce(version.is_won, false) as is_won, version.closed_on, version.amount, version.currency
    from side
    left join deal_started version
        on version.deal_id = side.deal_id
        and case when is_after then version.from_on <= side.day and version.to_on > side.day
            else version.from_on < side.day and version.to_on >= side.day end
),

line_then as (
    select
        deal.deal_id,
        deal.day,
        deal.is_after,
        line.deal_line_id,
        line.quantity,
        coalesce(line.price_period, standing.price_period::varchar, 'once') as price_period,
        line.term_months,
        line.net_amount,
        line.unit_net,
        line.discount_percent,
        coalesce(line.currency, deal.currency) as currency,
        coalesce(standing.list_source::varchar, case when standing.deal_line_id is null and line.first_seen_on is not null then 'line' end)
            as list_source,
        standing.unit_list,
        line.first_unit_list,
        line.first_list_amount,
        line.first_quantity,
        line.first_term,
        case when deal.is_after then line.first_seen_on <= deal.day else line.first_seen_on < deal.day end as is_own_seen,
        standing.base_rate
    from deal_then deal
    join started line
        on line.deal_id = deal.deal_id
        and case when is_after then line.from_on <= deal.day and line.to_on > deal.day
            else line.from_on < deal.day and line.to_on >= deal.day end
    left join core.line_at_close standing on standing.deal_line_id = line.deal_line_id
),

measured as (
    select
        *,
        case price_period
            when 'once' then 1.0000
            when 'month' then term_months
            when 'year' then (term_months / 12)::decimal(18, 4)
        end::decimal(18, 4) as periods
    from line_then
),

listed as (
    select
        *,
        case
            when list_source in ('dated price book', 'undated price book') then times(times(unit_list, quantity), periods)
            when not is_own_seen then null
            when first_list_amount is not null
                then (first_list_amount * quantity / nullif(first_quantity, 0) * coalesce(term_months / nullif(first_term, 0), 1))::decimal(18, 4)
            else times(times(first_unit_list, quantity), periods)
        end as list
    from measured
),

valued as (
    select
        deal_id,
        day,
        is_after,
        deal_line_id,
        quantity,
        currency,
        base_rate,
        coalesce(
            net_amount,
            times(times(unit_net, quantity), periods),
            times(list, (1 - discount_percent / 100)::decimal(18, 8))
        ) as net,
        case when net is not null then nullif(list, 0) end as list_amount
    from listed

    union all

    -- A deal without lines stands as one line without list.
    select deal_id, day, is_after, deal_id || ' (amount)', 1, currency, null, amount, null
    from deal_then
    anti join line_then using (deal_id, day, is_after)
    where is_there and amount is not null
),

counted as (
    select
        deal.deal_id,
        deal.day,
        deal.from_exported_on,
        deal.is_after,
        deal.is_there,
        deal.is_won,
        fiscal.fiscal_quarter,
        fiscal.fiscal_year,
        period.ends_on,
        line.deal_line_id,
        line.quantity,
        coalesce(line.currency, (select currency from meta.build)) as currency,
        case
            when coalesce(line.currency, (select currency from meta.build)) = (select currency from meta.build) then 1
            else coalesce(line.base_rate, rate.plan_rate, rate.actual_rate)
        end::decimal(18, 8) as base_rate,
        line.net,
        line.list_amount
    from deal_then deal
    left join core.fiscal_day fiscal on fiscal.day = deal.closed_on
    left join meta.fiscal_period period on period.kind = 'quarter' and period.period = fiscal.fiscal_quarter::varchar
    left join valued line on line.deal_id = deal.deal_id and line.day = deal.day and line.is_after = deal.is_after
    left join core.rate_on_day rate on rate.currency = line.currency and rate.day = deal.closed_on
),

-- What stands on both sides of an export in the same quarter is one row.
compared as (
    select
        coalesce(before.deal_id, after.deal_id) as deal_id,
        coalesce(before.deal_line_id, after.deal_line_id) as deal_line_id,
        coalesce(before.fiscal_quarter, after.fiscal_quarter) as fiscal_quarter,
        coalesce(before.fiscal_year, after.fiscal_year) as fiscal_year,
        coalesce(before.day, after.day) as exported_on,
        coalesce(before.from_exported_on, after.from_exported_on) as from_exported_on,
        coalesce(after.currency, before.currency) as currency,
        before.deal_line_id is not null as counted_before,
        after.deal_line_id is not null as counted_after,
        before.quantity is distinct from after.quantity as is_other_quantity,
        before.list_amount as list_before,
        after.list_amount as list_after,
        before.net as net_before,
        after.net as net_after,
        before.base_rate as rate_before,
        after.base_rate as rate_after
    from (select * from counted where not is_after and is_won and ends_on <= from_exported_on and deal_line_id is not null) before
    full join (select * from counted where is_after and is_won and ends_on <= from_exported_on and deal_line_id is not null) after
        on after.deal_id = before.deal_id
        and after.day = before.day
        and after.deal_line_id = before.deal_line_id
        and after.fiscal_quarter = before.fiscal_quarter
),

changed as (
    select
        compared.* exclude (rate_before, rate_after),
        case when rate_before = 1 then list_before else times(list_before, rate_before) end as list_before_base,
        case when rate_after = 1 then list_after else times(list_after, rate_after) end as list_after_base,
        case when rate_before = 1 then net_before else times(net_before, rate_before) end as net_before_base,
        case when rate_after = 1 then net_after else times(net_after, rate_after) end as net_after_base,
        eve.is_there as was_there,
        eve.is_won as was_won,
        now.is_won as is_won,
        eve.closed_on as closed_before,
        now.closed_on as closed_after
    from compared
    left join deal_then eve on eve.deal_id = compared.deal_id and eve.day = compared.exported_on and not eve.is_after
    left join deal_then now on now.deal_id = compared.deal_id and now.day = compared.exported_on and now.is_after
    where counted_before <> counted_after
    or net_before is distinct from net_after
    or list_before is distinct from list_after
),

caused as (
    select
        * exclude (counted_before, counted_after, is_other_quantity, list_before, list_after, net_before, net_after, was_there, was_won, is_won, closed_before, closed_after),
        case
            when counted_before and counted_after then
                case
                    when is_other_quantity then 'quantity changed'
                    when net_before is not distinct from net_after then 'list known later'
                    else 'amount changed'
                end
            when counted_after and not was_there then 'deal added late'
            when counted_after and not was_won then 'won later'
            when counted_before and not is_won then 'reopened'
            when closed_before is distinct from closed_after then 'close date moved'
            when counted_after then 'line added'
            else 'line removed'
        end as cause
    from changed
),

-- The rate in force at a close is that of the last day by then; the plan's goes before the actual one.
re_rated as (
    select
        line.deal_id,
        line.deal_line_id,
        line.fiscal_quarter,
        line.fiscal_year,
        change.exported_on,
        change.from_on as from_exported_on,
        line.currency::varchar as currency,
        times(line.list_amount, change.rate_before) as list_before_base,
        times(line.list_amount, change.rate_after) as list_after_base,
        times(line.net_amount, change.rate_before) as net_before_base,
        times(line.net_amount, change.rate_after) as net_after_base,
        'rate restated' as cause
    from latest.rate_change change
    join core.line_at_close line on line.currency::varchar = change.currency and line.is_won
    join meta.fiscal_period period
        on period.kind = 'quarter' and period.period = line.fiscal_quarter::varchar and period.ends_on <= change.from_on
    where coalesce(change.on_date, date '0001-01-01') = (
        select max(coalesce(rate.on_date, date '0001-01-01'))
        from core.fx_rate rate
        where rate.currency = change.currency
        and coalesce(lower(rate.rate_set), 'actual') = change.rate_set
        and coalesce(rate.on_date, date '0001-01-01') <= line.closed_on
    )
    and (
        change.rate_set = 'plan'
        or not exists (
            from core.fx_rate plan
            where plan.currency = change.currency
            and lower(plan.rate_set) = 'plan'
            and coalesce(plan.on_date, date '0001-01-01') <= line.closed_on
        )
    )
),

restated as (
    select * from caused
    union all by name
    select * from re_rated
)

select
    restated.deal_id,
    deal.deal_name,
    deal.account_id,
    deal.account_name,
    restated.deal_line_id,
    restated.fiscal_year,
    restated.fiscal_quarter,
    restated.from_exported_on,
    restated.exported_on,
    restated.cause,
    restated.currency,
    restated.list_before_base,
    restated.list_after_base,
    restated.net_before_base,
    restated.net_after_base,
    case when list_before_base > 0 then greatest(list_before_base - net_before_base, 0) end as discount_before_base,
    case when list_after_base > 0 then greatest(list_after_base - net_after_base, 0) end as discount_after_base,
    deal.rep_id,
    deal.rep_name,
    deal.manager_id,
    deal.manager_name,
    deal.reporting_line_id,
    deal.team,
    deal.region,
    deal.segment,
    deal.source_file,
    deal.source_line
from restated
left join marts.fact_deal deal using (deal_id);
