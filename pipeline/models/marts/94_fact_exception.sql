-- One row per request to sell below what the seller may grant (exception_id): what was asked and granted, by whom and in
-- how many days, beside the deal it is for. Its day (requested_on) is that of the request, else of the decision.
-- Apart by deal_id.
create table marts.fact_exception as
with name as (
    select person_id, any_value(name) as name from core.person group by person_id
)

select
    asked.exception_id,
    asked.requested_by,
    coalesce(asked.requested_on, asked.decided_on) as requested_on,
    asked.requested_rate::double as requested_rate,
    case when lower(asked.decision) = 'approved' then asked.approved_rate::double end as approved_rate,
    asked.approver_id,
    case when asked.approver_id is not null then coalesce(name.name, asked.approver_id) end as approver_name,
    asked.decided_on,
    coalesce(lower(trim(asked.decision)), 'unknown') as decision,
    lower(trim(asked.criterion)) as criterion,
    asked.reason,
    trim(coalesce(asked.value_evidence, '')) <> '' as has_value_evidence,
    case when asked.decided_on >= asked.requested_on then date_diff('day', asked.requested_on, asked.decided_on) end as decision_days,
    case
        when asked.decided_on is null or deal.closed_on is null or not deal.is_closed then null
        when asked.decided_on <= deal.closed_on then 'before the close'
        else 'after the close'
    end::enum ('after the close', 'before the close') as decided,
    asked.deal_id,
    deal.deal_name,
    deal.account_id,
    deal.account_name,
    deal.segment,
    deal.deal_type,
    deal.region,
    deal.team,
    deal.rep_id,
    deal.rep_name,
    deal.manager_id,
    deal.manager_name,
    deal.reporting_line_id,
    deal.is_won,
    deal.is_closed,
    deal.closed_on,
    deal.list_amount_base,
    day.fiscal_year,
    day.fiscal_quarter,
    day.fiscal_month,
    asked.source_line
from core.price_exception asked
left join marts.fact_deal deal using (deal_id)
left join core.fiscal_day day on day.day = coalesce(asked.requested_on, asked.decided_on)
left join name on name.person_id = asked.approver_id;
