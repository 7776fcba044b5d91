-- One row per foreign currency and day on which something in it counts (currency, day): a close of the deal, of its
-- lines and of offers for it, a bill, a credit or a rebate; the rate in force on that day in each rate set.
-- Looked up by currency, day.
create table core.rate_on_day as
with asked as (
    select distinct currency, day
    from (
        select coalesce(line.currency, deal.currency) as currency, deal.closed_on as day
        from core.deal deal
        left join latest.deal_line line using (deal_id)
        union all
        select currency, closed_on from core.deal
        union all
        select quote.currency, deal.closed_on
        from core.quote quote
        join core.deal deal using (deal_id)
        union all
        select coalesce(line.currency, invoice.currency), invoice.issued_on
        from core.invoice_line line
        join core.invoice invoice using (invoice_id)
        union all
        select currency, issued_on from core.credit_note_line
        union all
        select currency, period_start from core.rebate
    )
    where currency <> (select currency from meta.build)
),

in_force as (
    select asked.currency, asked.day, rate.rate_set, arg_max(rate.rate_to_base, rate.on_date) as rate_to_base
    from asked
    join core.rate_to_base rate on rate.currency = asked.currency and rate.on_date <= asked.day
    group by asked.currency, asked.day, rate.rate_set
)

select
    currency,
    day,
    max(rate_to_base) filter (rate_set = 'plan') as plan_rate,
    max(rate_to_base) filter (rate_set = 'actual') as actual_rate
from in_force
group by currency, day;
