-- One row per quarter, region and team: trainings of one person each in the four quarters up to its end, sixty days or
-- more ago, and those that coaching followed within sixty days. Few companies train in every quarter.
create view core.training_followed_by_coaching as
with training as (
    select quarter.fiscal_quarter, session.session_id, session.rep_id, session.held_on
    from core.coaching_session session
    join core.maturity_quarter quarter
        on session.held_on >= quarter.ends_on - interval 1 year and session.held_on < quarter.ends_on
    where lower(session.kind) = 'training' and session.held_on + 60 <= (select data_on from meta.build)
),

followed as (
    select distinct training.fiscal_quarter, training.session_id
    from training
    join core.coaching_session coaching
        on coaching.rep_id = training.rep_id
        and coaching.held_on > training.held_on
        and coaching.held_on <= training.held_on + 60
    where coalesce(lower(coaching.kind), 'coaching') <> 'training'
)

select
    training.fiscal_quarter,
    place.region,
    place.team,
    count(followed.session_id)::double as hits,
    count(*)::double as cases,
    count(*)::double as asked,
    count(*) as n
from training
left join followed using (fiscal_quarter, session_id)
left join core.maturity_place place on place.person_id = training.rep_id and place.fiscal_quarter = training.fiscal_quarter
group by training.fiscal_quarter, place.region, place.team;
