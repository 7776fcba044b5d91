-- One row per deal with history (deal_id): how often its expected close was put off while it was open, and by how
-- many days in all.
-- Apart by deal_id.
create table core.deal_push as
select
    moment.deal_id,
    (count(*) filter (is_push))::integer as pushes,
    coalesce(sum(closed_on - closed_on_before) filter (is_push), 0)::integer as days_pushed
from (
    select
        moment.deal_id,
        moment.closed_on,
        moment.closed_on_before,
        moment.closed_on > moment.closed_on_before and not coalesce(meaning.is_won or meaning.is_lost, false) as is_push
    from passing.deal_moment moment
    left join core.stage_meaning meaning using (stage)
) moment
group by moment.deal_id;
