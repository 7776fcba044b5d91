-- One row per recurring line of a contract (subscription_id). Where the source keeps what is sold and its price apart
-- from the contract, one for each of its items, with the item's id where there are several; coupons in force on the
-- day of the data, or on the last day of what has ended, are taken off.
create table core.subscription as
with plan as (
    select
        *,
        count(*) over (partition by plan_id) as currencies,
        coalesce(periods, 1) * case lower(period)
            when 'month' then 1
            when 'year' then 12
            -- By the year, as billing systems' own monthly figures take them.
            when 'week' then 84.0 / 365
            when 'day' then 12.0 / 365
        end::double as months
    from latest.billing_plan
),

item as (
    from latest.subscription_item
    union all by name
    -- A contract that names its plan is its own item.
    select subscription_id as subscription_item_id, subscription_id, plan_id, quantity
    from latest.subscription
    where plan_id is not null and monthly_net is null
    and subscription_id not in (select subscription_id from latest.subscription_item)
),

planned as (
    select
        item.subscription_item_id,
        item.subscription_id,
        coalesce(item.product_id, plan.product_id) as product_id,
        item.started_on,
        item.ended_on,
        item.quantity,
        coalesce(item.currency, contract.currency, plan.currency) as currency,
        item.monthly_net,
        coalesce(
            item.monthly_list,
            coalesce(item.unit_amount, plan.unit_amount)::double * coalesce(item.quantity, 1)::double / plan.months
        )::decimal(18, 4) as monthly_list,
        plan.months,
        count(*) over (partition by item.subscription_id) as items
    from item
    join latest.subscription contract using (subscription_id)
    left join plan
        on plan.plan_id = coalesce(item.plan_id, contract.plan_id)
        and (
            plan.currency = coalesce(item.currency, contract.currency)
            or plan.currency is null
            or (plan.currencies = 1 and coalesce(item.currency, contract.currency) is null)
        )
),

-- A coupon counts once, whoever tells of it; what stands on a bill was told of that bill.
held as (
    select distinct contract.subscription_id, coupon.coupon_id, coupon.amount_off, coupon.percent_off
    from latest.subscription contract
    join core.coupon_given coupon
        on coupon.subscription_id = contract.subscription_id
        or (coupon.subscription_id is null and coupon.account_id = contract.account_id)
    where coupon.invoice_id is null
    and coupon.invoice_line_id is null
    and coalesce(coupon.lasts, 'forever') <> 'once'
    and coupon.started_on <= least(contract.ended_on - 1, (select data_on from meta.build))
    and coalesce(coupon.ends_on > least(contract.ended_on - 1, (select data_on from meta.build)), true)
),

off as (
    select subscription_id, sum(amount_off) as amount_off, coalesce(product(1 - percent_off / 100), 1) as share_left
    from held
    group by subscription_id
),

priced as (
    select
        planned.*,
        greatest(
            coalesce(planned.monthly_net, planned.monthly_list)::double * coalesce(off.share_left, 1)
            - coalesce(off.amount_off / coalesce(planned.months, 1), 0)
            * coalesce(planned.monthly_list / nullif(sum(planned.monthly_list) over (partition by planned.subscription_id), 0), 0),
            0
        )::decimal(18, 4) as amount
    from planned
    left join off using (subscription_id)
)

select
    case when priced.items > 1 then priced.subscription_item_id else contract.subscription_id end as subscription_id,
    contract.account_id,
    coalesce(priced.product_id, contract.product_id) as product_id,
    contract.plan_id,
    contract.deal_line_id,
    contract.renews_subscription_id,
    coalesce(priced.started_on, contract.started_on) as started_on,
    coalesce(priced.ended_on, contract.ended_on) as ended_on,
    contract.renewal_due_on,
    case when priced.items > 1 then priced.quantity else coalesce(contract.quantity, priced.quantity) end as quantity,
    coalesce(priced.currency, contract.currency) as currency,
    coalesce(priced.monthly_list, contract.monthly_list) as monthly_list,
    coalesce(priced.amount, contract.monthly_net) as monthly_net,
    contract.status,
    contract.source_file_id,
    contract.source_line
from latest.subscription contract
left join priced on priced.subscription_id = contract.subscription_id;
