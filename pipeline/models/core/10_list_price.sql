-- One row per product, price book, currency and span: a price-book price.
-- Undated prices say what list is today, not what it was; the rule on them is in list_price_at_close. From the first of
-- several exports on, what they show is dated by them, unless a source dates the same price itself.
create view core.list_price as
with price as (
    select
        product_id,
        coalesce(price_book, '') as price_book,
        coalesce(currency, (select currency from meta.build)) as currency,
        unit_list,
        unit_cost,
        coalesce(lower(price_period), 'once') as price_period,
        valid_from,
        valid_to,
        is_dated,
        source_file_id,
        source_line
    from latest.list_price
)

select
    * exclude (is_dated, source_file_id, source_line),
    is_dated
    or (valid_from is not null and not bool_or(is_dated) over (partition by product_id, price_book, currency)) as is_dated,
    source_file_id,
    source_line
from price;
