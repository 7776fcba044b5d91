-- One row per deal with an offer whose amount is known (deal_id): what was offered, and what was booked of it. The
-- offer is the accepted one, else the last made by the day of the close, else the last of all; an offer with a line
-- whose amount is not told is not known as a whole. has_own_lines says that the deal's lines come from elsewhere: where
-- they were taken from the offer itself, both are the same by making.
-- Apart by deal_id.
create table marts.fact_quoted_deal as
with booked_from_offer as (
    select deal_line_id
    from core.deal_line
    semi join core.quote_line line on line.quote_line_id = deal_line_id
),

offered as (
    select
        quote.quote_id,
        quote.deal_id,
        quote.quoted_on,
        coalesce(quote.currency, deal.currency)::varchar as currency,
        coalesce(quote.is_accepted, false) as is_accepted,
        coalesce(quote.quoted_on <= deal.closed_on, false) as is_by_close,
        sum(line.net_amount)::decimal(18, 4) as quoted_amount,
        bool_or(taken.deal_line_id is not null) as is_booked_from_it
    from core.quote quote
    join marts.fact_deal deal on deal.deal_id = quote.deal_id
    join core.quote_line line on line.quote_id = quote.quote_id
    left join booked_from_offer taken on taken.deal_line_id = line.quote_line_id
    group by quote.quote_id, quote.deal_id, quote.quoted_on, quote.currency, deal.currency, quote.is_accepted, deal.closed_on
    having count(*) = count(line.net_amount)
),

chosen as (
    from offered
    qualify row_number() over (
        partition by deal_id
        order by is_accepted desc, is_by_close desc, quoted_on desc nulls last, quote_id desc
    ) = 1
)

select
    deal.deal_id,
    deal.deal_name,
    deal.account_id,
    deal.account_name,
    deal.segment,
    deal.region,
    deal.team,
    deal.rep_id,
    deal.rep_name,
    deal.manager_id,
    deal.manager_name,
    deal.deal_type,
    deal.is_closed,
    deal.is_won,
    deal.closed_on,
    deal.fiscal_year,
    deal.fiscal_quarter,
    deal.fiscal_month,
    chosen.quote_id,
    chosen.quoted_on,
    chosen.currency,
    not chosen.is_booked_from_it as has_own_lines,
    chosen.quoted_amount,
    (case
        when chosen.currency = (select currency from meta.build) then chosen.quoted_amount
        else times(chosen.quoted_amount, coalesce(rate.plan_rate, rate.actual_rate))
    end)::decimal(18, 4) as quoted_amount_base,
    deal.net_amount_base
from chosen
join marts.fact_deal deal on deal.deal_id = chosen.deal_id
left join core.rate_on_day rate on rate.currency = chosen.currency and rate.day = deal.closed_on;
