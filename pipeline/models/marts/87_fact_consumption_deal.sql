-- One row per deal that tells what the customer committed to, or is expected to consume beyond it (deal_id), in the
-- reporting currency at the rate of its close. amount_base is what its lines of consumption offers stand for, or the
-- whole deal where no line is known to be one; claimed_base is how much of that is only expected: pro-forma
-- consumption counted as if it were sold.
-- Apart by deal_id.
create table marts.fact_consumption_deal as
with told as (
    select
        deal.deal_id,
        deal.committed_amount,
        deal.pro_forma_amount,
        case when deal.currency = build.currency then 1 else coalesce(rate.plan_rate, rate.actual_rate) end::decimal(18, 8)
            as base_rate
    from (
        select
            deal_id,
            closed_on,
            coalesce(currency, (select currency from meta.build)) as currency,
            committed_amount,
            pro_forma_amount
        from latest.deal
        where committed_amount is not null or pro_forma_amount is not null
    ) deal
    cross join meta.build build
    left join core.rate_on_day rate on rate.currency = deal.currency and rate.day = deal.closed_on
    where deal.currency = build.currency or rate.currency is not null
),

consumed as (
    select line.deal_id, sum(line.net_amount) as net_amount
    from core.line_at_close line
    where line.product_id in (
        select product_id::core.product_id from core.product where lower(offer_model) = 'consumption'
    )
    and line.deal_id in (select deal_id from told)
    group by line.deal_id
)

select
    deal.deal_id,
    deal.deal_name,
    deal.account_id,
    deal.account_name,
    deal.segment,
    deal.industry,
    deal.country,
    deal.region,
    deal.rep_id,
    deal.rep_name,
    deal.manager_id,
    deal.manager_name,
    deal.is_closed,
    deal.is_won,
    deal.closed_on,
    deal.fiscal_year,
    deal.fiscal_quarter,
    deal.fiscal_month,
    times(told.committed_amount, told.base_rate) as committed_base,
    times(told.pro_forma_amount, told.base_rate) as pro_forma_base,
    times(coalesce(consumed.net_amount, deal.amount), told.base_rate)::decimal(18, 4) as amount_base,
    times(
        least(
            greatest(coalesce(consumed.net_amount, deal.amount) - coalesce(told.committed_amount, 0), 0),
            coalesce(told.pro_forma_amount, 0)
        ),
        told.base_rate
    )::decimal(18, 4) as claimed_base
from told
join marts.fact_deal deal using (deal_id)
left join consumed using (deal_id);
