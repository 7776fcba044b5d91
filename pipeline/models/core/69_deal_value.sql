-- One row per deal of which a value to the customer is recorded (deal_id), in the reporting currency: the counted
-- assessments, told apart by their evidence, or what the deal itself says its value is where no outcome has one. Nothing
-- is imputed. value_evidence is the best evidence that was there when the deal closed; what came later explains nothing
-- that happened on it.
-- Apart by deal_id.
create table core.deal_value as
with assessed as (
    select
        deal_id,
        sum(value_base) filter (is_counted)::decimal(18, 4) as value_base,
        sum(value_base) filter (is_counted and evidence = 'customer_confirmed')::decimal(18, 4) as confirmed_base,
        sum(value_base) filter (is_counted and evidence = 'rep_estimated')::decimal(18, 4) as estimated_base,
        count(distinct outcome_id) filter (is_counted) as final_outcomes,
        -- A day that nobody wrote down is taken as before the close.
        min(coalesce(assessed_on, date '0001-01-01')) filter (is_final and value_base > 0) as valued_on,
        min(coalesce(assessed_on, date '0001-01-01')) filter (is_final and value_base > 0 and evidence = 'customer_confirmed')
            as confirmed_on,
        min(coalesce(assessed_on, date '0001-01-01')) filter (is_final and value_base > 0 and evidence = 'rep_estimated')
            as estimated_on
    from core.value_assessed
    group by deal_id
),

asked as (
    select
        deal_id,
        closed_on,
        is_closed,
        is_won,
        coalesce(currency, (select currency from meta.build)) as currency,
        customer_value,
        next_best_price
    from latest.deal
    where customer_value is not null or next_best_price is not null or deal_id in (select deal_id from assessed)
),

rated as (
    select
        deal.deal_id,
        deal.closed_on,
        coalesce(deal.is_closed or deal.is_won, false) as is_over,
        times(deal.customer_value, deal.base_rate) as told_base,
        times(deal.next_best_price, deal.base_rate)::decimal(18, 4) as next_best_base
    from (
        select
            asked.*,
            case
                when asked.currency = (select currency from meta.build) then 1
                else coalesce(rate.plan_rate, rate.actual_rate)
            end::decimal(18, 8) as base_rate
        from asked
        left join core.rate_on_day rate on rate.currency = asked.currency and rate.day = asked.closed_on
    ) deal
)

select
    rated.deal_id,
    coalesce(assessed.value_base, rated.told_base)::decimal(18, 4) as value_base,
    assessed.confirmed_base,
    assessed.estimated_base,
    case
        when assessed.value_base is not null then 'outcomes'
        when rated.told_base is not null then 'the deal'
    end::enum ('outcomes', 'the deal') as value_source,
    rated.next_best_base,
    coalesce(assessed.final_outcomes, 0) as final_outcomes,
    assessed.valued_on,
    assessed.confirmed_on,
    case
        when assessed.valued_on is null then case when coalesce(assessed.value_base, rated.told_base) > 0 then 'not said' end
        when rated.is_over and assessed.valued_on > rated.closed_on then 'after the close'
        when not rated.is_over or assessed.confirmed_on <= rated.closed_on then
            case when assessed.confirmed_on is not null then 'customer_confirmed'
                when assessed.estimated_on is not null then 'rep_estimated'
                else 'not said' end
        when assessed.estimated_on <= rated.closed_on then 'rep_estimated'
        else 'not said'
    end::enum ('after the close', 'customer_confirmed', 'none', 'not said', 'rep_estimated') as value_evidence
from rated
left join assessed using (deal_id)
where coalesce(assessed.value_base, rated.told_base) is not null or rated.next_best_base is not null;
