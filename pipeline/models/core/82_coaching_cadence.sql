-- One row per rep who was ever coached (rep_id): the first session, and the day a cadence started: the first
-- session that another follows within 60 days. A single session is an event, not a cadence. Trainings are neither.
create view core.coaching_cadence as
with session as (
    select
        rep_id,
        held_on,
        lead(held_on) over (partition by rep_id order by held_on, session_id) as next_on
    from core.coaching
    where not is_training
)

select
    rep_id,
    min(held_on) as first_session_on,
    min(held_on) filter (next_on - held_on <= 60) as cadence_from,
    max(held_on) as last_session_on,
    count(*) as sessions
from session
group by rep_id;
