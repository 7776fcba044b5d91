-- One row per stretch of exports in which what a won deal counts for stayed the same (deal_id, from_on; half-open to
-- to_on, NULL while it lasts). Only of deals that were won in some export and of which something changed: themselves, or
-- their lines. from_on is NULL for what the first export of a kind shows, which stood so before.
insert into latest.deal_version
with day as (
    select
        deal_id,
        exported_on,
        max(exported_at) as exported_at,
        arg_max(coalesce(is_won, false), exported_at) as is_won,
        arg_max(closed_on, exported_at) as closed_on,
        arg_max(amount, exported_at) as amount,
        arg_max(currency, exported_at) as currency
    from shown_deal
    group by deal_id, exported_on
),

told as (
    select *, lag(row(is_won, closed_on, amount, currency)) over in_order as before, row_number() over in_order as nth
    from day
    window in_order as (partition by deal_id order by exported_on)
),

version as (
    select *, lead(exported_on) over (partition by deal_id order by exported_on) as to_on
    from told
    where nth = 1 or row(is_won, closed_on, amount, currency) is distinct from before
),

-- A deal closed before all that the exports before held was out of their reach, and is nothing that was added.
late as (
    select
        first.deal_id,
        first.before_at is not null and exists (
            from shown_deal earlier
            where earlier.exported_at <= first.before_at and earlier.closed_on <= first.closed_on
        ) as is_late
    from latest.deal_first_shown first
    where first.before_at is not null
)

select
    version.deal_id,
    case when nth > 1 or coalesce(late.is_late, false) then exported_on end as from_on,
    to_on,
    is_won,
    closed_on,
    amount,
    currency
from version
left join late using (deal_id)
where version.deal_id in (select deal_id from version group by deal_id having bool_or(is_won))
and (
    version.deal_id in (select deal_id from version group by deal_id having count(*) > 1)
    or coalesce(late.is_late, false)
    or version.deal_id in (select deal_id from changed_line)
);
