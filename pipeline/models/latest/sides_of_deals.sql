-- Absent deals that an export may not reach (beyond: key, recognised_as, exported_on, side). An export reaches no further
-- than what it holds: where all of the deals opened before its first, closing before its first or after its last, of one
-- state (open or closed), or of five and more deals' owners are absent, it was cut there, if so many would be absent
-- together by chance less than once in a hundred times (hypergeometric: k of the n absent among N known are exactly those).
create temp table beyond as
with reach as (
    select
        recognised_as,
        exported_on,
        min(created_on) as first_created,
        min(closed_on) as first_closed,
        max(closed_on) as last_closed,
        bool_or(is_closed) as has_closed,
        bool_or(not is_closed) as has_open
    from seen
    group by recognised_as, exported_on
),

owner as (
    select distinct recognised_as, exported_on, owner_id from seen
),

sided as (
    select
        compared.*,
        case
            when not compared.is_absent then null
            when before.created_on < reach.first_created then 'opened before'
            when before.closed_on < reach.first_closed then 'closing before'
            when before.closed_on > reach.last_closed then 'closing after'
            when before.is_closed and not reach.has_closed then 'closed'
            when not before.is_closed and not reach.has_open then 'open'
            when before.owner_id is not null and owner.owner_id is null then 'owner'
        end as side
    from compared
    join reach using (recognised_as, exported_on)
    join seen before
        on before.recognised_as = compared.recognised_as
        and before.exported_on = compared.compared_with
        and before.key = compared.key
    left join owner
        on owner.recognised_as = compared.recognised_as
        and owner.exported_on = compared.exported_on
        and owner.owner_id = before.owner_id
),

counted as (
    select recognised_as, exported_on, count(*) as known, count(*) filter (is_absent) as absent
    from compared
    group by recognised_as, exported_on
),

cut as (
    select recognised_as, exported_on, side
    from sided
    join counted using (recognised_as, exported_on)
    where side is not null
    group by recognised_as, exported_on, side, known, absent
    having lgamma(absent + 1) - lgamma(absent - count(*) + 1) - lgamma(known + 1) + lgamma(known - count(*) + 1) < ln(0.01)
    and (side <> 'owner' or count(*) >= 5)
)

select sided.recognised_as, sided.exported_on, sided.key, sided.side
from sided
semi join cut using (recognised_as, exported_on, side);
