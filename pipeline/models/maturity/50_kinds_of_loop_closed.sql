-- One row per quarter: kinds of improvement loop of which one was closed in the four quarters up to its end. Loops are
-- the company's, so regions and teams have none of their own.
create view core.kinds_of_loop_closed as
select
    quarter.fiscal_quarter,
    null::varchar as region,
    null::varchar as team,
    count(distinct loop.kind)::double as hits,
    1::double as cases,
    1::double as asked,
    count(loop.loop_id) as n
from core.maturity_quarter quarter
left join core.improvement_loop loop
    on loop.closed_on < quarter.ends_on and loop.closed_on >= quarter.ends_on - interval 1 year
where exists (select 1 from core.improvement_loop)
group by quarter.fiscal_quarter;
