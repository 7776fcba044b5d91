-- One row per finding about what was sold and not billed that is gone (finding_id), and what became of it: recovered
-- where what it is about is billed by now or its credit was approved, gone where it is told of by another cause or its
-- source no longer exports it. Nothing of this kind lapses: there is no last day to bill.
create view core.finding_ended_billing as
with gone as (
    select *, coalesce(facts ->> '$.credit', deal_line_id) as about
    from core.finding_gone
    where kind in (
        'price', 'quantity', 'not_billed', 'late_start', 'discount_past_end', 'missed_uplift', 'unauthorised_credit',
        'unmatched_sold'
    )
),

now as (
    select
        about,
        bool_or(is_open) as is_open,
        bool_or(cause = 'currency') as is_of_currency,
        count(*) filter (invoice_line_id is not null) as bills
    from (
        select coalesce(credit_note_id, deal_line_id) as about, is_open, cause, invoice_line_id
        from marts.fact_billing_match
    )
    where about in (select about from gone)
    group by about
)

select
    gone.finding_id,
    case
        when now.about is null then 'gone: not exported'
        when now.is_open or now.is_of_currency then 'gone: another cause'
        when gone.kind = 'unauthorised_credit' then 'recovered: credit approved'
        when now.bills > 0 then 'recovered: billed'
        else 'gone: cannot tell'
    end as outcome
from gone
left join now using (about);
