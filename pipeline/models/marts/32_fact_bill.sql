-- One row per bill and currency (invoice_id, currency), of which a bill has one as a rule: what it charges before tax,
-- what was credited of that, and what was paid of it. A payment covers tax as well: it counts by the share that the bill
-- has before tax; is_cash_plain says that the bill does not tell its tax, and that payments count as they are. All three
-- are at the bill's own exchange rate, so that a bill that was paid in full leaves nothing open; amounts of another
-- currency than the bill's can't be set against it.
create table marts.fact_bill as
with charged as (
    select
        invoice_id,
        any_value(account_id) as account_id,
        any_value(account_name) as account_name,
        -- A bill for several deals is of none of them.
        case when count(distinct deal_id) <= 1 then any_value(deal_id) end as deal_id,
        any_value(issued_on) as issued_on,
        any_value(due_on) as due_on,
        any_value(status) as status,
        any_value(is_billed) as is_billed,
        any_value(fiscal_year) as fiscal_year,
        any_value(fiscal_quarter) as fiscal_quarter,
        any_value(fiscal_month) as fiscal_month,
        currency,
        any_value(base_rate) as base_rate,
        any_value(actual_rate) as actual_rate,
        count(*) as lines,
        sum(net_amount)::decimal(18, 4) as net_amount,
        sum(net_amount_base)::decimal(18, 4) as net_amount_base,
        sum(times(net_amount, actual_rate))::decimal(18, 4) as net_amount_actual
    from marts.fact_invoice_line
    group by invoice_id, currency
),

credited as (
    select
        invoice_id,
        currency,
        sum(amount) filter (lower(reason) = 'price_concession') as price_credit,
        sum(amount) filter (lower(reason) is distinct from 'price_concession' and lower(reason) is distinct from 'tax') as other_credit
    from core.credit_note_line
    group by invoice_id, currency
),

paid as (
    select
        payment.invoice_id,
        coalesce(payment.currency, bill.currency, build.currency) as currency,
        sum(payment.amount) as amount,
        max(payment.paid_on) as paid_on
    from core.payment payment
    left join core.invoice bill using (invoice_id)
    cross join meta.build
    group by payment.invoice_id, coalesce(payment.currency, bill.currency, build.currency)
),

settled as (
    select
        charged.*,
        coalesce(credited.price_credit, 0)::decimal(18, 4) as price_credit,
        coalesce(credited.other_credit, 0)::decimal(18, 4) as other_credit,
        coalesce(case
            when bill.subtotal is not null and bill.total > 0
                then paid.amount::double * bill.subtotal::double / bill.total::double
            else paid.amount
        end, 0)::decimal(18, 4) as cash_amount,
        paid.amount is not null and not coalesce(bill.subtotal is not null and bill.total > 0, false) as is_cash_plain,
        paid.amount is not null as is_paid,
        paid.paid_on,
        bill.source_file_id,
        bill.source_line
    from charged
    left join core.invoice bill using (invoice_id)
    left join credited on credited.invoice_id = charged.invoice_id and credited.currency = charged.currency
    left join paid on paid.invoice_id = charged.invoice_id and paid.currency = charged.currency
)

select
    settled.* exclude (base_rate, actual_rate, source_file_id, source_line),
    coalesce(deal.segment, account.segment) as segment,
    deal.rep_id,
    deal.rep_name,
    coalesce(deal.region, account.region) as region,
    deal.team,
    deal.manager_id,
    deal.manager_name,
    times(settled.price_credit, settled.base_rate) as price_credit_base,
    times(settled.other_credit, settled.base_rate) as other_credit_base,
    times(settled.cash_amount, settled.base_rate) as cash_amount_base,
    times(settled.price_credit, settled.actual_rate) as price_credit_actual,
    times(settled.other_credit, settled.actual_rate) as other_credit_actual,
    times(settled.cash_amount, settled.actual_rate) as cash_amount_actual,
    file.path as source_file,
    settled.source_line
from settled
left join marts.fact_deal deal on deal.deal_id = settled.deal_id
left join (
    select account_id, any_value(segment) as segment, any_value(region) as region from core.account group by account_id
) account on account.account_id = settled.account_id
left join raw.source_file file on file.source_file_id = settled.source_file_id;
