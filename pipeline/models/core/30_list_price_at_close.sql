-- One row per product, currency, price book and day that occurs on a deal line (its close, or today where it
-- is still open): what the price books say of that day. Only prices of the deal's own book count, or of the
-- only book there is.
-- Looked up by product_id, currency, price_book, day.
create table core.list_price_at_close as
with asked as (
    select distinct
        line.product_id::core.product_id as product_id,
        coalesce(line.currency, deal.currency)::core.currency as currency,
        coalesce(line.price_book, deal.price_book, '')::core.price_book as price_book,
        deal.day
    from latest.deal_line line
    join core.deal_day deal using (deal_id)
    where line.product_id is not null
),

priced as (
    select
        asked.*,
        book.price_book as from_book,
        book.is_dated,
        book.unit_list,
        book.unit_cost,
        book.price_period,
        -- A book that begins later is none on that day.
        min(book.price_book) over on_that_day = max(book.price_book) over on_that_day as is_only_book
    from asked
    join core.list_price book
        on book.product_id = asked.product_id
        and book.currency = asked.currency
        and (book.valid_from is null or book.valid_from <= asked.day)
        and (book.valid_to is null or book.valid_to > asked.day)
    window on_that_day as (
        partition by asked.product_id, asked.currency, asked.price_book, asked.day, book.is_dated
    )
),

answer as (
    select *
    from priced
    where from_book = price_book or from_book = '' or is_only_book
    -- The deal's own book before the one for all.
    qualify row_number() over (
        partition by product_id, currency, price_book, day, is_dated
        order by from_book = price_book desc, from_book
    ) = 1
)

select
    product_id,
    currency,
    price_book,
    day,
    max(unit_list) filter (is_dated) as dated_unit_list,
    max(unit_cost) filter (is_dated) as dated_unit_cost,
    max(price_period::core.price_period) filter (is_dated) as dated_price_period,
    max(unit_list) filter (not is_dated) as undated_unit_list,
    max(unit_cost) filter (not is_dated) as undated_unit_cost,
    max(price_period::core.price_period) filter (not is_dated) as undated_price_period
from answer
group by product_id, currency, price_book, day;
