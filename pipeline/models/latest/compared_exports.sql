-- What each day's export of a kind shows of the rows of the one that it is held against, the last before it with at
-- least half as many rows (compared: key, recognised_as, exported_on), from rows as they were seen.
create temp table pair as
with day as (
    select recognised_as, exported_on, max(exported_at) as exported_at, count(*) as rows
    from seen
    group by recognised_as, exported_on
)

select day.*, max(before.exported_on) as compared_with
from day
left join day before
    on before.recognised_as = day.recognised_as
    and before.exported_on < day.exported_on
    and before.rows * 2 >= day.rows
group by all;

create temp table compared as
select pair.recognised_as, pair.exported_on, pair.compared_with, before.key, now.key is null as is_absent
from pair
join seen before on before.recognised_as = pair.recognised_as and before.exported_on = pair.compared_with
left join seen now
    on now.recognised_as = pair.recognised_as and now.exported_on = pair.exported_on and now.key = before.key;
