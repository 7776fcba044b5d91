-- One row per credit (match_id), in the same columns as other allocations: a price concession that nobody approved is
-- unauthorised, where the export of credits names an approver on any of them at all; else who approved is not known.
create table passing.credit_row as
with asked as (
    select exists (from core.credit_note_line where approved_by is not null) as names_approvers
),

deal_of_bill as (
    select bill.invoice_id, min(sold.deal_id) as deal_id
    from passing.billing_claim claim
    join passing.billed_line bill using (invoice_line_id)
    join passing.sold_line sold using (deal_line_id)
    group by bill.invoice_id
    having count(distinct sold.deal_id) = 1
),

line_of_bill as (
    select invoice_line_id, min(deal_line_id) as deal_line_id
    from passing.billing_claim
    group by invoice_line_id
    having count(*) = 1
),

credited as (
    select
        credit.*,
        coalesce(deal_of_bill.deal_id, invoice.deal_id) as deal_id,
        line_of_bill.deal_line_id,
        coalesce(customer.account_id, invoice.account_id) as account_id,
        case
            when lower(credit.reason) <> 'price_concession' or credit.reason is null then 'credit'
            when credit.approved_by is not null then 'credit'
            when asked.names_approvers then 'unauthorised_credit'
            else 'credit'
        end as cause,
        case when credit.approved_by is null and not asked.names_approvers then 'the export names no approvers' end as reason_given
    from core.credit_note_line credit
    cross join asked
    left join core.invoice invoice using (invoice_id)
    left join core.billed_customer customer on customer.billing_customer_id = invoice.account_id
    left join deal_of_bill on deal_of_bill.invoice_id = credit.invoice_id
    left join line_of_bill on line_of_bill.invoice_line_id = credit.invoice_line_id
    where coalesce(lower(invoice.status), '') not in ('draft', 'void', 'deleted')
    and exists (from passing.billed_line)
)

select
    concat_ws(' ', 'credit', credited.credit_note_id, credited.credit_note_line_id, credited.invoice_line_id) as match_id,
    credited.deal_line_id,
    credited.invoice_line_id,
    credited.invoice_id,
    credited.credit_note_id,
    credited.deal_id,
    credited.account_id,
    'none' as matched_by,
    credited.issued_on as happened_on,
    credited.currency as billed_currency,
    0 as sold_amount,
    0 as billed_amount,
    credited.amount as credit_amount,
    credited.cause,
    coalesce(credited.reason_given, lower(credited.reason)) as reason,
    case
        when credited.currency = (select currency from meta.build) then credited.amount
        else (credited.amount::decimal(38, 4) * coalesce(rate.plan_rate, rate.actual_rate))::decimal(18, 4)
    end as credit_amount_base,
    credited.source_file_id,
    credited.source_line
from credited
left join core.rate_on_day rate on rate.currency = credited.currency and rate.day = credited.issued_on;
