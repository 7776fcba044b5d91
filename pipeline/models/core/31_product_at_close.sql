-- One row per product (product_id; day is NULL), or where its name or family changed one per day on which a line of it
-- counts (product_id, day): what it was called, which family it was in and how it was offered then.
-- Looked up by product_id, day.
create table core.product_at_close as
with several as (
    select product_id from core.product group by product_id having count(*) > 1
),

changed_line as (
    select product_id, deal_id from latest.deal_line semi join several using (product_id)
),

asked as (
    select distinct line.product_id, deal.day
    from changed_line line
    left join (select deal_id, day from core.deal_day semi join changed_line using (deal_id)) deal using (deal_id)
)

select
    product_id::core.product_id as product_id,
    null::date as day,
    name::core.product_name as name,
    family::core.product_family as family,
    lower(offer_model) as offer_model
from core.product
anti join several using (product_id)

union all

select
    asked.product_id::core.product_id,
    coalesce(asked.day, date '9999-12-31'),
    product.name::core.product_name,
    product.family::core.product_family,
    lower(product.offer_model)
from asked
join core.product product
    on product.product_id = asked.product_id
    and (product.valid_from is null or product.valid_from <= coalesce(asked.day, date '9999-12-31'))
    and (product.valid_to is null or product.valid_to > coalesce(asked.day, date '9999-12-31'))
qualify row_number() over (partition by asked.product_id, asked.day order by product.valid_from desc nulls last) = 1;
