-- One row per line of a bill (invoice_line_id), tax left out, with the customer and deal it belongs to: the deal that the
-- bill names, else the one deal of its contract's lines (deal_told_by: bill, contract). Where no deal tells them, region
-- and segment are the customer's. net is list less discount where the source gives only these.
create table marts.fact_invoice_line as
with billed as (
    select
        line.*,
        invoice.account_id as billing_account_id,
        invoice.deal_id,
        invoice.issued_on,
        invoice.due_on,
        invoice.status,
        coalesce(line.currency, invoice.currency, (select currency from meta.build)) as billed_currency
    from core.invoice_line line
    left join core.invoice invoice using (invoice_id)
),

rated as (
    select
        billed.*,
        case
            when billed_currency = (select currency from meta.build) then 1
            else coalesce(rate.plan_rate, rate.actual_rate)
        end::decimal(18, 8) as base_rate,
        case
            when billed_currency = (select currency from meta.build) then 1
            else coalesce(rate.actual_rate, rate.plan_rate)
        end::decimal(18, 8) as actual_rate
    from billed
    left join core.rate_on_day rate on rate.currency = billed.billed_currency and rate.day = billed.issued_on
),

-- A contract whose lines are several deals' does not tell which of them a bill is for.
contract_deal as (
    select contract.subscription_id, min(line.deal_id) as deal_id
    from passing.contract_line contract
    join latest.deal_line line on line.deal_line_id = contract.deal_line_id
    group by contract.subscription_id
    having count(distinct line.deal_id) = 1
)

select
    rated.invoice_line_id,
    rated.invoice_id,
    coalesce(customer.account_id, rated.billing_account_id) as account_id,
    coalesce(account.name, customer.name, rated.billing_account_id) as account_name,
    coalesce(deal.deal_id, rated.deal_id) as deal_id,
    case when rated.deal_id is not null then 'bill' when deal.deal_id is not null then 'contract' end as deal_told_by,
    deal.rep_id,
    deal.rep_name,
    deal.manager_id,
    deal.manager_name,
    coalesce(deal.region, account.region) as region,
    deal.team,
    coalesce(deal.segment, account.segment) as segment,
    coalesce(known.product_id, rated.product_id) as product_id,
    coalesce(product.name, rated.product_id) as product_name,
    product.family as product_family,
    rated.subscription_id,
    rated.issued_on,
    rated.due_on,
    rated.status,
    coalesce(lower(rated.status), '') not in ('draft', 'void', 'deleted') as is_billed,
    fiscal.fiscal_year,
    fiscal.fiscal_quarter,
    fiscal.fiscal_month,
    rated.period_start,
    rated.period_end,
    rated.quantity,
    rated.billed_currency as currency,
    rated.list_amount,
    coalesce(rated.discount_amount, 0) as discount_amount,
    coalesce(rated.net_amount, rated.list_amount - coalesce(rated.discount_amount, 0)) as net_amount,
    times(rated.list_amount, rated.base_rate) as list_amount_base,
    times(coalesce(rated.discount_amount, 0), rated.base_rate) as discount_amount_base,
    times(coalesce(rated.net_amount, rated.list_amount - coalesce(rated.discount_amount, 0)), rated.base_rate)
        as net_amount_base,
    rated.base_rate,
    rated.actual_rate,
    rated.discount_code,
    rated.discount_ends_on,
    rated.description,
    file.path as source_file,
    rated.source_line
from rated
left join core.billed_customer customer on customer.billing_customer_id = rated.billing_account_id
left join contract_deal contract on contract.subscription_id = rated.subscription_id
left join marts.fact_deal deal on deal.deal_id = coalesce(rated.deal_id, contract.deal_id)
left join (
    select account_id, any_value(name) as name, any_value(segment) as segment, any_value(region) as region
    from core.account
    group by account_id
) account on account.account_id = coalesce(customer.account_id, rated.billing_account_id)
left join core.product_key known on known.key = rated.product_id
left join (select product_id, any_value(name) as name, any_value(family) as family from core.product group by product_id) product
    on product.product_id = known.product_id
left join core.fiscal_day fiscal on fiscal.day = rated.issued_on
left join raw.source_file file on file.source_file_id = rated.source_file_id;
