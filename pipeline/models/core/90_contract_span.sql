-- One row per won line of a known customer and net (deal_line_id): from which day to which its net is earned,
-- evenly, and how much of it a day. A line without a term counts over twelve months, which is ours.
-- Apart by account_id.
create view core.contract_span as
with won as (
    select
        deal_line_id,
        account_id,
        net_amount_base,
        coalesce(service_from, closed_on) as starts_on,
        case when term_months > 0 then term_months else 12 end as months
    from core.line_at_close
    where is_won and account_id is not null and net_amount_base > 0 and closed_on is not null
    -- Only who owns the customer asks for it.
    and (select is_known from core.owner_told)
),

dated as (
    select *, greatest((starts_on + to_months(ceil(months)::integer))::date, starts_on + 1) as ends_on
    from won
)

select deal_line_id, account_id, starts_on, ends_on, net_amount_base::double / (ends_on - starts_on) as net_a_day
from dated;
