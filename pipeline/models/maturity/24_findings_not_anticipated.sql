-- One row per quarter, region and team: value findings, and those that the customer had not asked for.
create view core.findings_not_anticipated as
select
    quarter.fiscal_quarter,
    place.region,
    place.team,
    count(*) filter (not finding.is_anticipated)::double as hits,
    count(finding.is_anticipated)::double as cases,
    count(*)::double as asked,
    count(finding.is_anticipated) as n
from core.value_finding finding
join core.maturity_quarter quarter on finding.found_on >= quarter.starts_on and finding.found_on < quarter.ends_on
left join core.maturity_place place
    on place.person_id = finding.person_id and place.fiscal_quarter = quarter.fiscal_quarter
group by quarter.fiscal_quarter, place.region, place.team;
