-- One row per price given back outside of the invoice: a rebate, a channel fund, a free service, a credit for price, or
-- what it costs that a bill was paid after its standard terms. Cancellations, errors, tax and bad debt are no
-- concessions; a credit without a reason is unknown. A row tells as much of deal, rep and product as its source does:
-- rebates name a customer or a partner, and no deal.
create table marts.fact_concession as
with paid_late as (
    -- Terms cost net × rate × extra days ÷ 365, payment by payment, of the part that is not tax. Extra days are those
    -- after the standard terms; where these are not told, after the day that the bill says.
    select
        payment.invoice_id,
        sum(
            payment.amount::double
            * case when bill.subtotal is not null and bill.total > 0 then bill.subtotal::double / bill.total::double else 1 end
            * date_diff('day', coalesce(bill.issued_on + bill.standard_terms_days::integer, bill.due_on), payment.paid_on)
        ) * (select coalesce((configuration ->> '$.costOfCapital')::double, 0) from meta.build) / 100 / 365 as amount,
        max(payment.paid_on) as paid_on
    from core.payment payment
    join core.invoice bill using (invoice_id)
    cross join meta.build build
    where payment.paid_on > coalesce(bill.issued_on + bill.standard_terms_days::integer, bill.due_on)
    and payment.amount > 0
    -- A bill that names no currency is in the reporting currency.
    and coalesce(payment.currency, bill.currency, build.currency) = coalesce(bill.currency, build.currency)
    and coalesce(lower(bill.status), '') not in ('draft', 'void', 'deleted')
    group by payment.invoice_id
),

given as (
    select
        rebate.account_id,
        rebate.partner_id,
        null as invoice_id,
        null as invoice_line_id,
        lower(rebate.kind) as kind,
        rebate.period_start as given_on,
        rebate.currency,
        rebate.amount,
        rebate.source_file_id,
        rebate.source_line
    from core.rebate rebate
    union all
    select
        invoice.account_id,
        null,
        credit.invoice_id,
        credit.invoice_line_id,
        case lower(credit.reason)
            when 'price_concession' then 'price_credit'
            when 'cancellation' then 'other_credit'
            when 'error' then 'other_credit'
            when 'tax' then 'other_credit'
            when 'bad_debt' then 'other_credit'
            else 'unknown_credit'
        end,
        credit.issued_on,
        coalesce(credit.currency, invoice.currency),
        credit.amount,
        credit.source_file_id,
        credit.source_line
    from core.credit_note_line credit
    left join core.invoice invoice using (invoice_id)
    union all
    -- Of the period of the bill, whenever it was paid: that is what it should be set against.
    select
        invoice.account_id,
        null,
        invoice.invoice_id,
        null,
        'terms',
        invoice.issued_on,
        invoice.currency,
        paid_late.amount::decimal(18, 4),
        invoice.source_file_id,
        invoice.source_line
    from paid_late
    join core.invoice invoice using (invoice_id)
),

placed as (
    select
        given.* exclude (account_id, currency),
        coalesce(customer.account_id, given.account_id) as account_id,
        customer.name as customer_name,
        coalesce(given.currency, (select currency from meta.build)) as currency,
        coalesce(deal.deal_id, bill.deal_id) as deal_id,
        deal.deal_name,
        deal.region,
        deal.team,
        deal.rep_id,
        deal.rep_name,
        deal.manager_id,
        deal.manager_name,
        deal.segment,
        line.product_id
    from given
    left join core.billed_customer customer on customer.billing_customer_id = given.account_id
    left join core.invoice bill on bill.invoice_id = given.invoice_id
    left join marts.fact_deal deal on deal.deal_id = bill.deal_id
    left join core.invoice_line line on line.invoice_line_id = given.invoice_line_id
)

select
    placed.kind,
    placed.given_on,
    placed.account_id,
    coalesce(account.name, placed.customer_name) as account_name,
    coalesce(placed.segment, account.segment) as segment,
    account.industry,
    account.country,
    placed.partner_id,
    placed.invoice_id,
    placed.deal_id,
    placed.deal_name,
    placed.region,
    placed.team,
    placed.rep_id,
    placed.rep_name,
    placed.manager_id,
    placed.manager_name,
    coalesce(known.product_id, placed.product_id) as product_id,
    coalesce(product.name, placed.product_id) as product_name,
    product.family as product_family,
    fiscal.fiscal_year,
    fiscal.fiscal_quarter,
    fiscal.fiscal_month,
    placed.currency,
    placed.amount,
    case
        when placed.currency = (select currency from meta.build) then placed.amount
        else (placed.amount::decimal(38, 4) * coalesce(rate.plan_rate, rate.actual_rate))::decimal(18, 4)
    end as amount_base,
    case
        when placed.currency = (select currency from meta.build) then placed.amount
        else (placed.amount::decimal(38, 4) * coalesce(rate.actual_rate, rate.plan_rate))::decimal(18, 4)
    end as amount_actual,
    file.path as source_file,
    placed.source_line
from placed
left join (
    select account_id, any_value(name) as name, any_value(segment) as segment, any_value(industry) as industry, any_value(country) as country
    from core.account
    group by account_id
) account on account.account_id = placed.account_id
left join core.product_key known on known.key = placed.product_id
left join (select product_id, any_value(name) as name, any_value(family) as family from core.product group by product_id) product
    on product.product_id = known.product_id
left join core.rate_on_day rate on rate.currency = placed.currency and rate.day = placed.given_on
left join core.fiscal_day fiscal on fiscal.day = placed.given_on
left join raw.source_file file on file.source_file_id = placed.source_file_id;
