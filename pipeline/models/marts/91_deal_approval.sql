-- One row per deal for which somebody asked to sell below what the seller may grant (deal_id): what was decided. This is
-- the one place that says what an approval of a deal is, open or closed: a request approved for at least what is given
-- away. One for less by more than half a point approves it for less (is_for_less). That is only said where a limit in
-- percent was passed, as a limit in money says nothing of a rate, and where it holds for the part that passed it as well
-- as for the whole deal, as no export says which of the two a request is for. An approval that tells no rate is for all.
-- approved_on, exception_id, criterion and approver_id are of the first approval; is_in_time says that it was made on or
-- before the day of the close, or on a day that nobody recorded.
-- Apart by deal_id.
create view core.deal_approval as
with request as (
    select
        asked.exception_id,
        asked.deal_id,
        asked.decided_on,
        asked.approved_rate::double as approved_rate,
        asked.approver_id,
        lower(trim(asked.criterion)) as criterion,
        lower(trim(asked.decision)) as decision,
        deal.closed_on,
        coalesce(
            over_limit.highest_rate is not null
            and asked.approved_rate::double + 0.5
                < least(over_limit.highest_rate, deal.discount_base::double / deal.list_amount_base::double * 100),
            false
        ) as is_for_less
    from core.price_exception asked
    left join core.over_limit over_limit using (deal_id)
    left join marts.fact_deal deal using (deal_id)
)

select
    deal_id,
    bool_or(decision = 'approved' and not is_for_less) as is_approved,
    bool_or(decision = 'approved') and not bool_or(decision = 'approved' and not is_for_less) as is_for_less,
    bool_or(decision = 'approved' and not is_for_less and coalesce(decided_on <= closed_on, decided_on is null)) as is_in_time,
    max(approved_rate) filter (decision = 'approved') as approved_rate,
    min(decided_on) filter (decision = 'approved' and not is_for_less) as approved_on,
    -- One approval as a whole: what another was decided by says nothing of the first.
    arg_min(
        { 'exception_id': exception_id, 'criterion': criterion, 'approver_id': approver_id },
        (coalesce(decided_on, date '9999-12-31'), exception_id)
    ) filter (decision = 'approved' and not is_for_less) as first,
    bool_or(decision = 'pending') as is_pending,
    max(decided_on) filter (decision = 'rejected') as rejected_on
from request
group by deal_id;
