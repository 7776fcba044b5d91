-- Each day's export and how far it was taken to reach, once per row that it lacks (absent_row: recognised_as,
-- exported_on, key): the first of its kind, a part where it lacks more than half of what was known, else the whole. side
-- says why it may not reach the row, NULL where the row is gone.
create temp table absent_row as
with counted as (
    select recognised_as, exported_on, count(*) as known, count(*) filter (is_absent) as absent
    from compared
    group by recognised_as, exported_on
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
    beyond.side
from pair
left join counted using (recognised_as, exported_on)
left join compared
    on compared.recognised_as = pair.recognised_as and compared.exported_on = pair.exported_on and compared.is_absent
left join beyond
    on beyond.recognised_as = pair.recognised_as and beyond.exported_on = pair.exported_on and beyond.key = compared.key;
