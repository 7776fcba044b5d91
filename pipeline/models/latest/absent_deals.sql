-- Deals that the later exports of their kind lack. An export reaches no further than what it holds: where all of the
-- deals opened before its first, closing before its first or after its last, of one state (open or closed), or of five
-- and more deals' owners are absent, it was cut there, if so many would be absent together by chance less than once
-- in a hundred times (hypergeometric: k of the n absent among N known are exactly those).
create temp table absent_row as
with seen as (
    select
        shown.deal_id as key,
        export.recognised_as,
        export.exported_on,
        max(export.exported_at) as exported_at,
        arg_max(shown.created_on, export.exported_at) as created_on,
        arg_max(shown.closed_on, export.exported_at) as closed_on,
        arg_max(coalesce(shown.is_closed or shown.is_won, false), export.exported_at) as is_closed,
        arg_max(shown.owner_id, export.exported_at) as owner_id
    from raw.deal_row shown
    join latest.export export using (source_file_id)
    group by shown.deal_id, export.recognised_as, export.exported_on
),

day as (
    select
        recognised_as,
        exported_on,
        max(exported_at) as exported_at,
        count(*) as rows,
        min(created_on) as first_created,
        min(closed_on) as first_closed,
        max(closed_on) as last_closed,
        bool_or(is_closed) as has_closed,
        bool_or(not is_closed) as has_open
    from seen
    group by recognised_as, exported_on
),

pair as (
    select day.*, max(before.exported_on) as compared_with
    from day
    left join day before
        on before.recognised_as = day.recognised_as
        and before.exported_on < day.exported_on
        and before.rows * 2 >= day.rows
    group by all
),

owner as (
    select distinct recognised_as, exported_on, owner_id from seen
),

compared as (
    select
        pair.recognised_as,
        pair.exported_on,
        pair.exported_at,
        before.key,
        now.key is null as is_absent,
        case
            when now.key is not null then null
            when before.created_on < pair.first_created then 'opened before'
            when before.closed_on < pair.first_closed then 'closing before'
            when before.closed_on > pair.last_closed then 'closing after'
            when before.is_closed and not pair.has_closed then 'closed'
            when not before.is_closed and not pair.has_open then 'open'
            when before.owner_id is not null and owner.owner_id is null then 'owner'
        end as side
    from pair
    join seen before on before.recognised_as = pair.recognised_as and before.exported_on = pair.compared_with
    left join seen now
        on now.recognised_as = pair.recognised_as and now.exported_on = pair.exported_on and now.key = before.key
    left join owner
        on owner.recognised_as = pair.recognised_as and owner.exported_on = pair.exported_on and owner.owner_id = before.owner_id
),

counted as (
    select
        recognised_as,
        exported_on,
        count(*) as known,
        count(*) filter (is_absent) as absent
    from compared
    group by recognised_as, exported_on
),

cut as (
    select compared.recognised_as, compared.exported_on, compared.side, count(*) as k
    from compared
    join counted using (recognised_as, exported_on)
    where side is not null
    group by compared.recognised_as, compared.exported_on, compared.side, counted.known, counted.absent
    having lgamma(absent + 1) - lgamma(absent - count(*) + 1) - lgamma(known + 1) + lgamma(known - count(*) + 1) < ln(0.01)
    and (side <> 'owner' or count(*) >= 5)
)

select
    pair.recognised_as,
    pair.exported_on,
    pair.exported_at,
    pair.compared_with,
    pair.rows,
    coalesce(counted.known, 0) as known,
    coalesce(counted.absent, 0) as absent,
    case
        when pair.compared_with is null then 'first'
        when (counted.known - counted.absent) * 2 < counted.known then 'part'
        else 'whole'
    end as taken_as,
    compared.key,
    cut.side
from pair
left join counted using (recognised_as, exported_on)
left join compared
    on compared.recognised_as = pair.recognised_as and compared.exported_on = pair.exported_on and compared.is_absent
left join cut on cut.recognised_as = pair.recognised_as and cut.exported_on = pair.exported_on and cut.side = compared.side;
