-- One row per won line of a known customer and net (deal_line_id): from which day to which its net is earned,
-- evenly, and how much of it a day. A line without a term counts over twelve months, which is ours.
create table core.contract_span as
with won as (
    select
        line.deal_line_id,
        deal.account_id,
        line.net_amount_base,
        coalesce(source.service_from, deal.closed_on) as starts_on,
        case when line.term_months > 0 then line.term_months else 12 end as months
    from core.deal_line line
    join core.deal deal using (deal_id)
    left join latest.deal_line source using (deal_line_id)
    where deal.is_won and deal.account_id is not null and line.net_amount_base > 0 and deal.closed_on is not null
    -- Only who owns the customer asks for it.
    and exists (select 1 from core.account_role where role = 'owner')
),

dated as (
    select *, greatest((starts_on + to_months(ceil(months)::integer))::date, starts_on + 1) as ends_on
    from won
)

select deal_line_id, account_id, starts_on, ends_on, net_amount_base::double / (ends_on - starts_on) as net_a_day
from dated;
