-- One row per finding about a contract or a renewal that is gone (finding_id), and what became of it: recovered where
-- the next contract or bill came without the discount or the right person took over, lapsed where it came with it or the
-- day passed, else gone.
create view core.finding_ended_contract as
with gone as (
    select * from core.finding_gone where kind in ('renewal_promotion', 'renewal_role', 'discount_ending')
),

-- What a contract became: its renewal's rate below list, where that is told.
renewed as (
    select
        renewal.renews_subscription_id as contract,
        any_value(
            coalesce(
                line.discount_base::double / nullif(line.list_amount_base, 0)::double,
                1 - renewal.monthly_net::double / nullif(renewal.monthly_list, 0)::double
            )
        ) * 100 as rate
    from core.subscription renewal
    left join core.line_at_close line using (deal_line_id)
    where renewal.renews_subscription_id in (select facts ->> '$.contract' from gone where kind = 'renewal_promotion')
    group by renewal.renews_subscription_id
),

owner_now as (
    select deal_id, any_value(owner_role) as role
    from marts.fact_handling
    where activity = 'renewal' and deal_id in (select deal_id from gone where kind = 'renewal_role')
    group by deal_id
),

-- The first bill of the contract after the day on which its discount had to end.
next_bill as (
    select
        gone.finding_id,
        arg_min(line.discount_amount > 0 and line.discount_code is not distinct from (gone.facts ->> '$.code'), bill.issued_on)
            as has_discount
    from gone
    join core.invoice_line was on was.invoice_id = gone.invoice_id
    join core.invoice_line line on line.subscription_id = was.subscription_id
    join core.invoice bill on bill.invoice_id = line.invoice_id and bill.issued_on > gone.act_by
    where gone.kind = 'discount_ending'
    group by gone.finding_id
)

select
    gone.finding_id,
    case
        when gone.kind = 'renewal_promotion' and renewed.rate < (gone.facts ->> '$.rate')::double - 1
            then 'recovered: renewed without it'
        when gone.kind = 'renewal_promotion' and renewed.contract is not null then 'lapsed: renewed with it'
        when gone.kind = 'renewal_role' and owner_now.role = gone.facts ->> '$.usual' then 'recovered: handed over'
        when gone.kind = 'renewal_role' and deal.is_closed then 'lapsed: closed as it was'
        when gone.kind = 'discount_ending' and next_bill.has_discount then 'lapsed: billed with it'
        when gone.kind = 'discount_ending' and not next_bill.has_discount then 'recovered: billed without it'
        when gone.act_by < horizon.today then 'lapsed: date passed'
        when deal.vanished_on is not null then 'gone: not exported'
        else 'gone: cannot tell'
    end as outcome
from gone
cross join core.finding_horizon horizon
left join marts.fact_deal deal using (deal_id)
left join renewed on renewed.contract = gone.facts ->> '$.contract'
left join owner_now using (deal_id)
left join next_bill on next_bill.finding_id = gone.finding_id;
