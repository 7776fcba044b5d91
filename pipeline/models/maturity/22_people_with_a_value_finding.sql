-- One row per quarter, region and team: people who meet customers, and those of them who recorded a value finding.
-- Somebody meets customers who owns a deal that was open or closed in the quarter, works on such a deal, holds a role
-- on a customer, or recorded a finding.
create view core.people_with_a_value_finding as
with live as (
    select deal.deal_id, deal.owner_id, quarter.fiscal_quarter, quarter.ends_on
    from (select * from core.deal where exists (select 1 from core.value_finding)) deal
    join core.maturity_quarter quarter
        on coalesce(deal.created_on, deal.closed_on) < quarter.ends_on
        and (not deal.is_closed or deal.closed_on >= quarter.starts_on)
),

finder as (
    select distinct quarter.fiscal_quarter, finding.person_id
    from core.value_finding finding
    join core.maturity_quarter quarter on finding.found_on >= quarter.starts_on and finding.found_on < quarter.ends_on
    where finding.person_id is not null
),

meets_customers as (
    select fiscal_quarter, owner_id as person_id from live where owner_id is not null
    union
    select live.fiscal_quarter, team.person_id
    from live
    join core.deal_team team using (deal_id)
    where team.joined_on is null or team.joined_on < live.ends_on
    union
    select quarter.fiscal_quarter, role.person_id
    from core.maturity_quarter quarter
    join core.account_role role
        on (role.valid_from is null or role.valid_from < quarter.ends_on)
        and (role.valid_to is null or role.valid_to > quarter.starts_on)
    union
    select fiscal_quarter, person_id from finder
)

select
    meets_customers.fiscal_quarter,
    place.region,
    place.team,
    count(finder.person_id)::double as hits,
    count(*)::double as cases,
    count(*)::double as asked,
    count(*) as n
from meets_customers
left join finder using (fiscal_quarter, person_id)
left join core.maturity_place place using (fiscal_quarter, person_id)
where exists (select 1 from core.value_finding)
group by meets_customers.fiscal_quarter, place.region, place.team;
