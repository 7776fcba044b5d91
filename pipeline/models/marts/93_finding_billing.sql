-- One row per sold line and cause for which less was billed than was sold, and per credit that nobody approved
-- (finding_id): kind is the cause. At stake is what can still be billed or claimed back; there is no last day for it.
-- What was billed too much is in the facts of billing and no finding: nothing can be recovered of it.
create view core.finding_billing as
with open as (
    select *, coalesce(credit_note_id, deal_line_id) as about
    from marts.fact_billing_match
    where is_open and cause <> 'currency'
)

select
    cause || ':' || about as finding_id,
    cause as kind,
    any_value(deal_id) as deal_id,
    any_value(deal_line_id) as deal_line_id,
    any_value(account_id) as account_id,
    arg_max(invoice_id, happened_on) as invoice_id,
    any_value(rep_id) as person_id,
    (-sum(difference_base))::decimal(18, 4) as amount_base,
    max(happened_on) as happened_on,
    null::date as act_by,
    to_json({
        'product': any_value(product_name),
        'currency': any_value(currency),
        'sold': sum(sold_amount)::double,
        'billed': sum(billed_amount)::double,
        'credited': sum(credit_amount)::double,
        'bills': count(distinct invoice_id),
        'bill': arg_max(invoice_id, happened_on),
        'credit': any_value(credit_note_id),
        'sold_quantity': any_value(sold_quantity)::double,
        'billed_quantity': arg_max(billed_quantity, happened_on)::double,
        'service_from': min(service_from),
        'service_to': max(service_to),
        'matched_by': any_value(matched_by),
        'confidence': min(confidence)
    })::varchar as facts
from open
group by cause, about;
