-- One row per customer of the billing system (billing_customer_id) with the account that it is. One that names no account
-- is the one account of the same name, where there is one (is_by_name).
create table passing.billed_customer as
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
    customer.billing_customer_id,
    customer.name,
    coalesce(customer.account_id, told.account_id) as account_id,
    told.account_id is not null as is_by_name
from core.billing_customer customer
left join told using (billing_customer_id);
