-- One row per contract and discount that is billed now and ends within two months (finding_id): the bill after that
-- day has to come without it. At stake is a year of it. A discount that was billed past its end already is a matter of
-- what was billed, and told of there.
create view core.finding_discount_ending as
with billed as (
    select
        coalesce(line.subscription_id, bill.account_id || ' ' || line.product_id, line.invoice_line_id) as contract,
        line.subscription_id,
        line.discount_code,
        line.discount_ends_on,
        line.invoice_id,
        bill.issued_on,
        bill.account_id,
        bill.deal_id,
        line.product_id,
        -- The day that a period ends on is the first that it is not for; whole months by their usual days. A view may
        -- use no macro: whoever reads the published file has none.
        line.discount_amount::double / greatest(round((line.period_end - line.period_start) / 30.4375), 1) as monthly,
        line.period_start is not null and line.period_end is not null as is_recurring,
        line.discount_amount::double as discount,
        line.currency
    from core.invoice_line line
    join core.invoice bill using (invoice_id)
    cross join core.finding_horizon horizon
    where line.discount_amount > 0
    and coalesce(lower(bill.status), '') not in ('draft', 'void', 'deleted')
    and line.discount_ends_on between horizon.today and horizon.ending
),

last_bill as (
    select *
    from billed
    qualify row_number() over (
        partition by contract, discount_code, discount_ends_on order by issued_on desc, invoice_id desc
    ) = 1
)

select
    'discount_ending:' || ending.contract || ':' || coalesce(ending.discount_code, '') || ':' || ending.discount_ends_on as finding_id,
    'discount_ending' as kind,
    coalesce(ending.deal_id, line.deal_id) as deal_id,
    contract.deal_line_id,
    coalesce(line.account_id, deal.account_id, ending.account_id) as account_id,
    ending.invoice_id,
    deal.rep_id as person_id,
    (
        if(ending.is_recurring, ending.monthly * 12, ending.discount)
        * if(ending.currency = build.currency, 1, coalesce(rate.plan_rate, rate.actual_rate))
    )::decimal(18, 4) as amount_base,
    ending.issued_on as happened_on,
    ending.discount_ends_on as act_by,
    to_json({
        'code': ending.discount_code,
        'ends': ending.discount_ends_on,
        'bill': ending.invoice_id,
        'product': line.product_name
    })::varchar as facts
from last_bill ending
cross join meta.build build
left join core.subscription contract using (subscription_id)
left join core.line_at_close line on line.deal_line_id = contract.deal_line_id
left join marts.fact_deal deal on deal.deal_id = coalesce(ending.deal_id, line.deal_id)
left join core.rate_on_day rate on rate.currency = ending.currency and rate.day = ending.issued_on;
