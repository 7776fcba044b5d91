-- One row per quarter, region and team: people who own a deal that was open or closed in the quarter, and those of them
-- who were coached in its last month. Training is no coaching.
create view core.reps_coached_in_the_last_month as
with rep as (
    select distinct quarter.fiscal_quarter, deal.owner_id as person_id
    from (select * from core.deal where exists (select 1 from core.coaching_session)) deal
    join core.maturity_quarter quarter
        on coalesce(deal.created_on, deal.closed_on) < quarter.ends_on
        and (not deal.is_closed or deal.closed_on >= quarter.starts_on)
    left join (select person_id, any_value(active_to) as active_to from core.person group by person_id) person
        on person.person_id = deal.owner_id
    where deal.owner_id is not null and (person.active_to is null or person.active_to >= quarter.ends_on)
),

last_month as (
    select quarter.fiscal_quarter, max(month.starts_on) as starts_on, max(month.ends_on) as ends_on
    from core.maturity_quarter quarter
    join meta.fiscal_period month
        on month.kind = 'month' and month.starts_on >= quarter.starts_on and month.ends_on <= quarter.ends_on
    group by quarter.fiscal_quarter
),

coached as (
    select distinct last_month.fiscal_quarter, session.rep_id as person_id
    from core.coaching_session session
    join last_month on session.held_on >= last_month.starts_on and session.held_on < last_month.ends_on
    where coalesce(lower(session.kind), 'coaching') <> 'training'
)

select
    rep.fiscal_quarter,
    place.region,
    place.team,
    count(coached.person_id)::double as hits,
    count(*)::double as cases,
    count(*)::double as asked,
    count(*) as n
from rep
left join coached using (fiscal_quarter, person_id)
left join core.maturity_place place using (fiscal_quarter, person_id)
group by rep.fiscal_quarter, place.region, place.team;
