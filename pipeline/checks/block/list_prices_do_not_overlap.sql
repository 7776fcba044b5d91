-- A product has one dated list price per price book, currency and day.
select a.product_id, a.price_book, a.currency, a.valid_from, a.valid_to, b.valid_from as other_from, b.valid_to as other_to
from core.list_price a
join core.list_price b
    on a.product_id = b.product_id and a.price_book = b.price_book and a.currency = b.currency
    and a.is_dated and b.is_dated
    and (a.source_file_id, a.source_line) < (b.source_file_id, b.source_line)
    and coalesce(a.valid_from, date '0001-01-01') < coalesce(b.valid_to, date '9999-12-31')
    and coalesce(b.valid_from, date '0001-01-01') < coalesce(a.valid_to, date '9999-12-31')
limit 200
