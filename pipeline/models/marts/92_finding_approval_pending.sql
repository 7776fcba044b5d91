-- One row per approval that waits for a decision on an open deal due within a month (finding_id). At stake is what
-- the deal's discount is over the limit; where no limit is known, the discount asked for.
create view core.finding_approval_pending as
select
    'approval_pending:' || waiting.exception_id as finding_id,
    'approval_pending' as kind,
    deal.deal_id,
    null::varchar as deal_line_id,
    deal.account_id,
    null::varchar as invoice_id,
    deal.rep_id as person_id,
    coalesce(
        over_limit.excess_base,
        (deal.list_amount_base::double * waiting.requested_rate::double / 100)::decimal(18, 4),
        deal.discount_base
    ) as amount_base,
    waiting.requested_on as happened_on,
    deal.closed_on as act_by,
    to_json({
        'asked': waiting.requested_rate::double,
        'limit': over_limit.max_rate,
        'requested': waiting.requested_on,
        'days': horizon.today - waiting.requested_on,
        'reason': waiting.reason,
        'evidence': waiting.value_evidence is not null
    })::varchar as facts
from core.price_exception waiting
join marts.fact_deal deal using (deal_id)
cross join core.finding_horizon horizon
left join core.over_limit over_limit using (deal_id)
where lower(waiting.decision) = 'pending'
and not deal.is_closed
and deal.closed_on between horizon.today and horizon.soon;
