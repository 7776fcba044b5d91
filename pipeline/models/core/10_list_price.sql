-- One row per product, price book, currency and span: a price-book price.
-- Undated prices say what list is today, not what it was; the rule on them is in list_price_at_close.
create view core.list_price as
select
    product_id,
    coalesce(price_book, '') as price_book,
    coalesce(currency, (select currency from meta.build)) as currency,
    unit_list,
    unit_cost,
    coalesce(lower(price_period), 'once') as price_period,
    valid_from,
    valid_to,
    valid_from is not null or valid_to is not null as is_dated,
    source_file_id,
    source_line
from latest.list_price;
