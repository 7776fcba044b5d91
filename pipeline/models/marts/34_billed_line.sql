-- One row per billed line with a net (invoice_line_id): what quote to cash compares. Its deal is the one that the bill
-- names; what its contract tells is matched by lines.
create table passing.billed_line as
select
    line.invoice_line_id,
    line.invoice_id,
    line.subscription_id,
    case when line.deal_told_by = 'bill' then line.deal_id end as deal_id,
    line.account_id,
    coalesce(customer.is_by_name, false) as is_by_name,
    line.product_id,
    line.product_name,
    line.issued_on,
    case when line.period_end > line.period_start then line.period_start end as period_start,
    case when line.period_end > line.period_start then line.period_end end as period_end,
    line.quantity,
    line.currency,
    line.net_amount,
    line.net_amount_base,
    line.base_rate,
    line.discount_amount,
    line.discount_ends_on,
    line.source_file,
    line.source_line
from marts.fact_invoice_line line
left join core.invoice bill on bill.invoice_id = line.invoice_id
left join core.billed_customer customer on customer.billing_customer_id = bill.account_id
where line.is_billed and line.net_amount is not null;
