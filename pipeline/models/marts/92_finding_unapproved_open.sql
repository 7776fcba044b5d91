-- One row per open deal over a limit that nobody approved, or only for less, and nobody is asked to approve (finding_id), due within a
-- quarter. At stake is what the discount is over the limit. Where no export tells of approvals there are none.
create view core.finding_unapproved_open as
select
    'unapproved_open:' || deal.deal_id as finding_id,
    'unapproved_open' as kind,
    deal.deal_id,
    null::varchar as deal_line_id,
    deal.account_id,
    null::varchar as invoice_id,
    deal.rep_id as person_id,
    over_limit.excess_base as amount_base,
    deal.created_on as happened_on,
    deal.closed_on as act_by,
    to_json({
        'rate': round(over_limit.rate, 2),
        'limit': over_limit.max_rate,
        'most': over_limit.max_amount,
        'binds': over_limit.binds,
        'discount': over_limit.discount,
        'approved': approval.approved_rate,
        'rejected': approval.rejected_on
    })::varchar as facts
from core.over_limit over_limit
join marts.fact_deal deal using (deal_id)
cross join core.finding_horizon horizon
left join core.deal_approval approval using (deal_id)
where not over_limit.is_closed
and deal.closed_on between horizon.today and horizon.ahead
and not coalesce(approval.is_pending, false)
and not coalesce(approval.is_approved, false)
and exists (select 1 from core.price_exception);
