-- Each finding has one row, whatever kind told of it, and none is lost.
select count(*) as rows_in_facts, count(distinct finding_id) as different_findings,
    (select count(*) from core.finding_now) + (select count(*) from core.finding_gone) as found
from marts.fact_finding
having
    count(*) <> count(distinct finding_id)
    or count(*) <> (select count(*) from core.finding_now) + (select count(*) from core.finding_gone)
