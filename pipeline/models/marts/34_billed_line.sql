-- One row per billed line with a net (invoice_line_id): what quote to cash compares. A customer of the billing system
-- without an account is the one account of the same name, where there is one.
create table passing.billed_line as
with named as (
    select regexp_replace(lower(name), '[^\p{L}\p{N}]', '', 'g') as key, min(account_id) as account_id
    from core.account
    where name is not null
    group by key
    having count(distinct account_id) = 1
),

customer as (
    select billing_customer_id, regexp_replace(lower(name), '[^\p{L}\p{N}]', '', 'g') as key
    from core.billing_customer
    where account_id is null
),

-- A name that two customers of the billing system share tells neither.
told as (
    select min(customer.billing_customer_id) as billing_customer_id, named.account_id
    from customer
    join named using (key)
    group by named.account_id
    having count(*) = 1
)

select
    line.invoice_line_id,
    line.invoice_id,
    line.subscription_id,
    line.deal_id,
    coalesce(told.account_id, line.account_id) as account_id,
    told.account_id is not null as is_by_name,
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
left join told on told.billing_customer_id = line.account_id
where line.is_billed and line.net_amount is not null;
