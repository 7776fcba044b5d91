-- One row per deal for which somebody asked to sell below what the seller may grant (deal_id): what was decided.
create view core.deal_approval as
select
    deal_id,
    count(*) as requests,
    max(requested_on) as requested_on,
    min(decided_on) filter (lower(decision) = 'approved') as approved_on,
    max(approved_rate) filter (lower(decision) = 'approved') as approved_rate,
    bool_or(lower(decision) = 'approved') as is_approved,
    bool_or(lower(decision) = 'pending') as is_pending,
    max(decided_on) filter (lower(decision) = 'rejected') as rejected_on
from core.price_exception
group by deal_id;
