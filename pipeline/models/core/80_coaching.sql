-- One row per coaching session or training (session_id): what it was and what it was about. It is about one deal
-- if it says so, or if it names a deal that closed within 14 days of it: the manager saving the deal.
create table core.coaching as
select
    session.session_id,
    session.rep_id,
    session.coach_id,
    session.held_on,
    session.minutes,
    coalesce(lower(trim(session.kind)), 'coaching') as kind,
    coalesce(lower(trim(session.kind)), 'coaching') = 'training' as is_training,
    case
        when coalesce(lower(trim(session.kind)), 'coaching') = 'training' then null
        when lower(session.focus) = 'one_deal' then 'one_deal'
        when deal.closed_on >= session.held_on and deal.closed_on <= session.held_on + 14 then 'one_deal'
        else lower(session.focus)
    end as focus,
    session.skill,
    session.deal_id,
    session.source_file_id,
    session.source_line
from core.coaching_session session
left join (
    select deal_id, closed_on from latest.deal where deal_id in (select deal_id from latest.coaching_session)
) deal using (deal_id)
where session.rep_id is not null
and session.held_on is not null
and session.held_on <= (select data_on from meta.build);
