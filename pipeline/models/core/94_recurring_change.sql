-- One row per customer, currency and month in which something changed (account_id, currency, number): the
-- recurring amount a month before and after, in that currency. price is what changed by another price for what is
-- renewed; what changed by quantity, lines begun and lines ended is the rest.
-- Apart by account_id.
create table core.recurring_change as
with numbered as (
    select *, row_number() over () as place from core.recurring_contract
),

-- Customers and chains by number: texts are slow to put in order.
customer as (
    select account_id, row_number() over ()::integer as customer
    from (select distinct account_id from core.recurring_contract where account_id is not null)
),

counted as (
    select
        customer.customer,
        coalesce(first_line.place, contract.place) as lineage,
        contract.currency,
        contract.amount,
        contract.quantity,
        -- Lines from before the calendar stand from its first evening on.
        coalesce(began.number, case when contract.started_on < first.starts_on then 0 end) as began,
        coalesce(ended.number, case when contract.ended_on < first.starts_on then 0 end) as ended
    from numbered contract
    join customer using (account_id)
    left join (
        select lineage.contract_id, numbered.place
        from core.recurring_lineage lineage
        join numbered on numbered.contract_id = lineage.lineage
    ) first_line using (contract_id)
    left join core.fiscal_day began_day on began_day.day = contract.started_on and began_day.day <= (select data_on from meta.build)
    left join core.recurring_month began on began.fiscal_month = began_day.fiscal_month
    left join core.fiscal_day ended_day on ended_day.day = contract.ended_on and ended_day.day <= (select data_on from meta.build)
    left join core.recurring_month ended on ended.fiscal_month = ended_day.fiscal_month
    cross join (select starts_on from core.recurring_month where number = 1) first
    where contract.amount is not null
    and (contract.ended_on is null or contract.ended_on > contract.started_on)
    and contract.currency in (select currency from core.recurring_rate where rate is not null)
),

event as (
    select customer, lineage, currency, began as number, amount, quantity from counted
    where began is not null and began is distinct from ended
    union all
    select customer, lineage, currency, ended, -amount, -quantity from counted
    where began is not null and ended is not null and began <> ended
),

moved as (
    select
        customer,
        lineage,
        currency,
        number,
        sum(amount)::decimal(18, 4) as amount,
        sum(quantity)::decimal(18, 4) as quantity,
        count(*) = count(quantity) as knows_quantity
    from event
    group by customer, lineage, currency, number
),

stood as (
    select
        *,
        sum(amount) over so_far as amount_after,
        sum(quantity) over so_far as quantity_after,
        bool_and(knows_quantity) over so_far as knows_quantities
    from moved
    window so_far as (partition by customer, lineage, currency order by number)
),

priced as (
    select
        customer,
        currency,
        number,
        amount,
        case
            when not knows_quantities or amount_after <= 0 or amount_after - amount <= 0 then 0
            when quantity_after <= 0 or quantity_after - quantity <= 0 then 0
            when quantity = 0 then amount
            -- At the quantity after: the change of price is worth as much as is bought of it now.
            else amount_after - (
                (amount_after - amount)::double * quantity_after::double / (quantity_after - quantity)::double
            )::decimal(18, 4)
        end::decimal(18, 4) as price
    from stood
),

changed as (
    select customer, currency, number, sum(amount)::decimal(18, 4) as amount, sum(price)::decimal(18, 4) as price
    from priced
    group by customer, currency, number
)

select
    account_id,
    currency,
    number,
    (sum(amount) over so_far - amount)::decimal(18, 4) as amount_before,
    (sum(amount) over so_far)::decimal(18, 4) as amount_after,
    price,
    lead(number) over so_far as next_number
from changed
join customer using (customer)
window so_far as (partition by customer, currency order by number);
