-- Lines of deals that the later exports of their kind lack, where another line of the same deal is there: no export
-- is cut inside a deal. Where all lines of a deal are absent it may not reach that deal, and they stay.
create temp table absent_row as
with seen as (
    select
        shown.deal_line_id as key,
        export.recognised_as,
        export.exported_on,
        max(export.exported_at) as exported_at,
        any_value(shown.deal_id) as deal_id
    from raw.deal_line_row shown
    join latest.export export using (source_file_id)
    group by shown.deal_line_id, export.recognised_as, export.exported_on
),

day as (
    select recognised_as, exported_on, max(exported_at) as exported_at, count(*) as rows
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

compared as (
    select
        pair.recognised_as,
        pair.exported_on,
        before.key,
        before.deal_id,
        now.key is null as is_absent
    from pair
    join seen before on before.recognised_as = pair.recognised_as and before.exported_on = pair.compared_with
    left join seen now
        on now.recognised_as = pair.recognised_as and now.exported_on = pair.exported_on and now.key = before.key
),

counted as (
    select recognised_as, exported_on, count(*) as known, count(*) filter (is_absent) as absent
    from compared
    group by recognised_as, exported_on
),

deal as (
    select distinct recognised_as, exported_on, deal_id from seen
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
    case when compared.key is not null and deal.deal_id is null then 'all lines of a deal' end as side
from pair
left join counted using (recognised_as, exported_on)
left join compared
    on compared.recognised_as = pair.recognised_as and compared.exported_on = pair.exported_on and compared.is_absent
left join deal
    on deal.recognised_as = pair.recognised_as and deal.exported_on = pair.exported_on and deal.deal_id = compared.deal_id;
