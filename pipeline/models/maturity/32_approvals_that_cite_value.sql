-- One row per quarter, region and team: approvals of exceptions, and those that cite what the offer is worth to the
-- customer.
create view core.approvals_that_cite_value as
select
    quarter.fiscal_quarter,
    place.region,
    place.team,
    count(*) filter (trim(exception.value_evidence) <> '')::double as hits,
    count(*)::double as cases,
    count(*)::double as asked,
    count(*) as n
from core.price_exception exception
join core.maturity_quarter quarter on exception.decided_on >= quarter.starts_on and exception.decided_on < quarter.ends_on
left join core.maturity_place place
    on place.person_id = exception.requested_by and place.fiscal_quarter = quarter.fiscal_quarter
where lower(exception.decision) = 'approved'
group by quarter.fiscal_quarter, place.region, place.team;
