-- One row per coaching session (session_id) of a quarter, with what it was about. A session on a deal that closed
-- within fourteen days was about that one deal, whatever it is called.
create table core.coaching_focus as
select
    quarter.fiscal_quarter,
    place.region,
    place.team,
    session.session_id,
    coalesce(session.focus = 'one_deal', false)
        or coalesce(deal.closed_on between session.held_on and session.held_on + 14, false) as is_about_one_deal,
    session.focus = 'predictive_behaviour' as is_predictive,
    session.focus is not null or session.deal_id is not null as is_told
from core.coaching_session session
join core.maturity_quarter quarter on session.held_on >= quarter.starts_on and session.held_on < quarter.ends_on
left join core.deal deal on deal.deal_id = session.deal_id
left join core.maturity_place place
    on place.person_id = session.rep_id and place.fiscal_quarter = quarter.fiscal_quarter
where coalesce(lower(session.kind), 'coaching') <> 'training';
