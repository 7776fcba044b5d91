-- One row per billed line and line that it bills (invoice_line_id, deal_line_id): by ids where these are given, else by
-- customer, product, term and amount where only one line fits. confidence is ours: how far the way of matching can err.
-- Billed lines that fit several lines alike are in passing.billing_alike.
create table passing.billing_link as
with by_contract as (
    select
        bill.invoice_line_id,
        sold.deal_line_id,
        'subscription' as matched_by,
        1.0 as confidence,
        coalesce(bill.product_id = sold.product_id, false) as is_same_product,
        coalesce(coalesce(bill.period_start, bill.issued_on) < coalesce(sold.end_day, date '9999-12-31'), true)
        and coalesce(coalesce(bill.period_end - 1, bill.issued_on) >= sold.first_day, true) as is_in_term
    from passing.billed_line bill
    join passing.contract_line contract using (subscription_id)
    join passing.sold_line sold using (deal_line_id)
    qualify is_same_product = bool_or(is_same_product) over (partition by bill.invoice_line_id)
),

by_contract_in_term as (
    select * from by_contract qualify is_in_term = bool_or(is_in_term) over (partition by invoice_line_id)
),

-- A deal's bill is for the deal's line of that product, or for its one line where the product is not told.
by_deal as (
    select
        bill.invoice_line_id,
        sold.deal_line_id,
        'invoice_deal' as matched_by,
        coalesce(bill.product_id = sold.product_id, false) as is_same_product,
        count(*) over (partition by bill.invoice_line_id) as lines,
        bill.product_id is null or sold.product_id is null as is_product_unknown
    from passing.billed_line bill
    anti join by_contract_in_term using (invoice_line_id)
    join passing.sold_line sold using (deal_id)
),

by_deal_and_product as (
    select
        invoice_line_id,
        deal_line_id,
        matched_by,
        case
            when not is_same_product then 0.8
            when count(*) over (partition by invoice_line_id) = 1 then 0.95
            else 0.85
        end as confidence
    from by_deal
    where is_same_product or (lines = 1 and is_product_unknown)
),

by_id as (
    select invoice_line_id, deal_line_id, matched_by, confidence from by_contract_in_term
    union all
    select * from by_deal_and_product
),

loose as (
    select
        bill.*,
        coalesce(bill.period_start, bill.issued_on) as for_day,
        deal.deal_id as won_deal_id
    from passing.billed_line bill
    anti join by_id using (invoice_line_id)
    left join (select distinct deal_id from passing.sold_line) deal on deal.deal_id = bill.deal_id
    where product_id is not null and account_id is not null
),

unbilled as (
    from passing.sold_line
    anti join by_id using (deal_line_id)
    where product_id is not null and account_id is not null
),

-- Where a customer has very many lines and bills of one product, likeness tells nothing.
few as (
    select account_id, product_id
    from (select account_id, product_id, count(*) as bills from loose group by all)
    join (select account_id, product_id, count(*) as lines from unbilled group by all) using (account_id, product_id)
    where bills * lines <= 2500
),

-- A thing sold once is billed within half a year of its sale.
near as (
    select
        loose.invoice_line_id,
        unbilled.deal_line_id,
        loose.is_by_name,
        loose.net_amount as billed,
        loose.currency = unbilled.currency as is_same_currency,
        coalesce(loose.quantity = unbilled.quantity, false) as is_same_quantity,
        loose.period_start,
        loose.period_end,
        unbilled.net_amount,
        unbilled.first_day,
        unbilled.end_day,
        unbilled.ramp,
        -- A start that is good to a month: the bill's days are the whole bills nearest to it.
        case
            when unbilled.start_told <> 'contract' then greatest(round(months_from(loose.period_start, loose.period_end)), 1)
        end::integer as months,
        greatest(round(months_from(unbilled.first_day, loose.period_start) / months), 0)::integer as steps
    from loose
    join few using (account_id, product_id)
    join unbilled using (account_id, product_id)
    where loose.for_day >= least(unbilled.first_day, unbilled.closed_on) - 31
    and loose.for_day < coalesce(unbilled.end_day, unbilled.closed_on + 183)
    -- A bill that names its deal is for no other.
    and coalesce(loose.won_deal_id = unbilled.deal_id, true)
),

alike as (
    select
        *,
        coalesce((first_day + to_months(steps * months))::date, period_start) as from_day,
        coalesce((first_day + to_months((steps + 1) * months))::date, period_end) as to_day,
        case
            when period_start is null or end_day is null then net_amount
            else
                sold_until(net_amount, first_day, end_day, ramp, to_day) - sold_until(net_amount, first_day, end_day, ramp, from_day)
        end as sold
    from near
),

weighed as (
    select
        *,
        is_same_currency
        and abs(billed - sold) <= greatest(1, 0.005 * abs(sold)) as is_same_amount
    from alike
    where not is_same_currency or billed between 0.5 * sold and 1.6 * sold or is_same_quantity
),

counted as (
    select
        *,
        count(*) over of_bill as lines,
        count(*) filter (is_same_amount) over of_bill as same_amounts,
        count(*) filter (is_same_quantity) over of_bill as same_quantities
    from weighed
    window of_bill as (partition by invoice_line_id)
)

select * from by_id
union all
select
    invoice_line_id,
    deal_line_id,
    case when lines = 1 or (is_same_amount and same_amounts = 1) or (same_amounts = 0 and is_same_quantity and same_quantities = 1)
        then 'likeness'
        else 'alike'
    end as matched_by,
    (case when is_same_amount then 0.9 when is_same_quantity then 0.75 else 0.6 end)
    * case when lines = 1 then 1 else 0.9 end
    * case when is_by_name then 0.9 else 1 end as confidence
from counted
where lines = 1
or case
    when same_amounts > 0 then is_same_amount
    when same_quantities > 0 then is_same_quantity
    else true
end;
