-- One row per allocation (match_id): a sold line and the billed line that bills it, either of which may be absent, or a
-- credit; amounts are the part allocated, so that what was sold and what was billed each add up to their source. Nothing
-- where there are no bills.
-- cause: matched (within the tolerances), timing (not due by the newest export), price, quantity, not_billed, late_start,
-- discount_past_end, missed_uplift, currency (billed in another than sold), unmatched_sold and unmatched_billed (with the
-- reason), unauthorised_credit, credit (any other). difference_base is billed less sold at the rate of the sale, less
-- what was credited without leave; 0 where matched, not due or credited with leave, NULL where a rate is missing.
create table marts.fact_billing_match as
with row as (
    select * from passing.match_row
    union all by name
    select * from passing.credit_row
),

product as (
    select product_id, any_value(name) as name, any_value(family) as family from core.product group by product_id
),

account as (
    select account_id, any_value(name) as name, any_value(segment) as segment, any_value(region) as region
    from core.account
    group by account_id
),

line as (
    select sold.deal_line_id, line.* exclude (deal_line_id)
    from passing.sold_line sold
    join core.line_at_close line on line.deal_line_id = sold.deal_line_id
),

placed as (
    select
        row.match_id,
        row.deal_line_id,
        coalesce(line.deal_id, deal.deal_id, bill.deal_id, row.deal_id) as deal_id,
        coalesce(line.deal_name, deal.deal_name) as deal_name,
        row.invoice_line_id,
        coalesce(bill.invoice_id, row.invoice_id) as invoice_id,
        row.credit_note_id,
        coalesce(bill.subscription_id, line.subscription_id) as subscription_id,
        coalesce(line.account_id, deal.account_id, bill.account_id, row.account_id) as account_id,
        coalesce(line.account_name, deal.account_name) as account_name,
        coalesce(line.segment, deal.segment)::varchar as segment,
        coalesce(line.region, deal.region)::varchar as region,
        coalesce(line.team, deal.team)::varchar as team,
        coalesce(line.rep_id, deal.rep_id)::varchar as rep_id,
        coalesce(line.rep_name, deal.rep_name)::varchar as rep_name,
        coalesce(line.manager_id, deal.manager_id)::varchar as manager_id,
        coalesce(line.manager_name, deal.manager_name)::varchar as manager_name,
        coalesce(line.reporting_line_id, deal.reporting_line_id) as reporting_line_id,
        coalesce(line.product_id::varchar, bill.product_id) as product_id,
        coalesce(line.product_name::varchar, bill.product_name) as product_name,
        line.product_family::varchar as product_family,
        coalesce(line.closed_on, deal.closed_on) as closed_on,
        bill.issued_on,
        row.happened_on,
        row.service_from,
        row.service_to,
        coalesce(row.sold_currency, row.billed_currency) as currency,
        row.billed_currency,
        row.sold_amount::decimal(18, 4) as sold_amount,
        row.billed_amount::decimal(18, 4) as billed_amount,
        coalesce(row.credit_amount, 0)::decimal(18, 4) as credit_amount,
        row.sold_quantity,
        row.billed_quantity,
        times(row.sold_amount::decimal(18, 4), coalesce(line.base_rate, case when row.sold_amount = 0 then 1 end)) as sold_amount_base,
        times(row.billed_amount::decimal(18, 4), coalesce(bill.base_rate, case when row.billed_amount = 0 then 1 end)) as billed_amount_base,
        case when row.credit_amount is null then 0 else row.credit_amount_base end as credit_amount_base,
        line.base_rate as sold_rate,
        bill.base_rate as billed_rate,
        row.cause,
        row.reason,
        row.matched_by,
        row.confidence::double as confidence,
        coalesce(bill.source_file, line.source_file::varchar) as told_file,
        row.source_file_id,
        coalesce(bill.source_line, line.source_line, row.source_line) as source_line
    from row
    left join line on line.deal_line_id = row.deal_line_id
    left join passing.billed_line bill on bill.invoice_line_id = row.invoice_line_id
    left join marts.fact_deal deal
        on deal.deal_id = case when row.deal_line_id is null then coalesce(bill.deal_id, row.deal_id) end
)

select
    placed.* exclude (told_file, source_file_id, source_line, sold_rate, billed_rate) replace (
        coalesce(placed.account_name, account.name, placed.account_id) as account_name,
        coalesce(placed.segment, account.segment) as segment,
        coalesce(placed.region, account.region) as region,
        coalesce(placed.product_family, product.family) as product_family
    ),
    fiscal.fiscal_year,
    fiscal.fiscal_quarter::varchar as fiscal_quarter,
    fiscal.fiscal_month::varchar as fiscal_month,
    (case
        when placed.cause in ('matched', 'timing', 'credit') then 0
        when placed.cause = 'unauthorised_credit' then -placed.credit_amount_base
        when placed.cause = 'currency' then placed.billed_amount_base - placed.sold_amount_base
        else times(placed.billed_amount - placed.sold_amount, coalesce(placed.sold_rate, placed.billed_rate))
    end)::decimal(18, 4) as difference_base,
    case
        when placed.cause = 'unauthorised_credit' then placed.credit_amount > 0
        when placed.cause in ('price', 'quantity', 'not_billed', 'late_start', 'discount_past_end', 'missed_uplift')
            then placed.billed_amount < placed.sold_amount
        when placed.cause = 'currency' then coalesce(placed.billed_amount_base < placed.sold_amount_base, false)
        else false
    end as is_open,
    coalesce(placed.told_file, file.path) as source_file,
    placed.source_line
from placed
left join account on account.account_id = placed.account_id
left join product on product.product_id = placed.product_id
left join core.fiscal_day fiscal on fiscal.day = placed.happened_on
left join raw.source_file file on file.source_file_id = placed.source_file_id;
