-- One row per key by which a source may name a product (key): its id, or its code where that is no id of
-- another one. Billing systems often know only the code, or the price at which they sell it.
create view core.product_key as
with named as (
    select product_id as key, product_id, 1 as rank from core.product
    union all
    select code, product_id, 2 from core.product where code is not null
    union all
    select plan_id, product_id, 3 from latest.billing_plan where product_id is not null
)

select
    key,
    arg_min(product_id, (rank, product_id)) as product_id
from named
group by key
-- A code that two products share names neither.
having min(rank) = 1 or count(distinct product_id) = 1;
