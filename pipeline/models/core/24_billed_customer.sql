-- One row per customer of the billing system (billing_customer_id) with the account that it is. One that names no account
-- is the one that its contracts and bills were sold to, where all deals that they name are one account's, else the one
-- account of the same name (is_by_name), where there is one.
create table core.billed_customer as
with unnamed as (
    select billing_customer_id, regexp_replace(lower(name), '[^\p{L}\p{N}]', '', 'g') as key
    from core.billing_customer
    where account_id is null
),

sold as (
    select contract.account_id as billing_customer_id, line.deal_id
    from latest.subscription contract
    join latest.deal_line line on line.deal_line_id = contract.deal_line_id
    where contract.account_id in (select billing_customer_id from unnamed)
    union
    select contract.account_id, line.deal_id
    from latest.deal_line line
    join latest.subscription contract using (subscription_id)
    where contract.account_id in (select billing_customer_id from unnamed)
    union
    select account_id, deal_id
    from latest.invoice
    where deal_id is not null and account_id in (select billing_customer_id from unnamed)
),

sold_to as (
    select sold.billing_customer_id, min(deal.account_id) as account_id
    from sold
    join latest.deal deal using (deal_id)
    where deal.account_id is not null
    group by sold.billing_customer_id
    having count(distinct deal.account_id) = 1
),

named as (
    select regexp_replace(lower(name), '[^\p{L}\p{N}]', '', 'g') as key, min(account_id) as account_id
    from core.account
    where name is not null and exists (from unnamed)
    group by key
    having count(distinct account_id) = 1
),

-- A name that two customers of the billing system share tells neither.
alike as (
    select min(unnamed.billing_customer_id) as billing_customer_id, named.account_id
    from unnamed
    join named using (key)
    group by named.account_id
    having count(*) = 1
)

select
    customer.billing_customer_id,
    customer.name,
    coalesce(customer.account_id, sold_to.account_id, alike.account_id) as account_id,
    sold_to.account_id is null and alike.account_id is not null as is_by_name
from core.billing_customer customer
left join sold_to using (billing_customer_id)
left join alike using (billing_customer_id);
