-- One row per price given back outside of the invoice: a rebate, a channel fund, a free service, or a credit
-- for price. Cancellations, errors, tax and bad debt are no concessions; a credit without a reason is unknown.
create table marts.fact_concession as
with given as (
    select
        rebate.account_id,
        rebate.partner_id,
        null as invoice_id,
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
)

select
    given.kind,
    given.given_on,
    coalesce(customer.account_id, given.account_id) as account_id,
    account.name as account_name,
    account.segment,
    given.partner_id,
    given.invoice_id,
    fiscal.fiscal_year,
    fiscal.fiscal_quarter,
    fiscal.fiscal_month,
    coalesce(given.currency, (select currency from meta.build)) as currency,
    given.amount,
    case
        when coalesce(given.currency, (select currency from meta.build)) = (select currency from meta.build) then given.amount
        else (given.amount::decimal(38, 4) * coalesce(rate.plan_rate, rate.actual_rate))::decimal(18, 4)
    end as amount_base,
    case
        when coalesce(given.currency, (select currency from meta.build)) = (select currency from meta.build) then given.amount
        else (given.amount::decimal(38, 4) * coalesce(rate.actual_rate, rate.plan_rate))::decimal(18, 4)
    end as amount_actual,
    file.path as source_file,
    given.source_line
from given
left join core.billing_customer customer on customer.billing_customer_id = given.account_id
left join (select account_id, any_value(name) as name, any_value(segment) as segment from core.account group by account_id) account
    on account.account_id = coalesce(customer.account_id, given.account_id)
left join core.rate_on_day rate on rate.currency = given.currency and rate.day = given.given_on
left join core.fiscal_day fiscal on fiscal.day = given.given_on
left join raw.source_file file on file.source_file_id = given.source_file_id;
