-- One row per finding about what was sold and not billed that is gone (finding_id), and what became of it: recovered
-- where the days that it was about are billed as sold by now or its credit was approved, gone where they are told of by
-- another cause, where its source no longer exports it, or where nothing says that they were billed. Nothing of this
-- kind lapses: there is no last day to bill.
create view core.finding_ended_billing as
with gone as (
    select
        *,
        coalesce(facts ->> '$.credit', deal_line_id) as about,
        (facts ->> '$.service_from')::date as service_from,
        (facts ->> '$.service_to')::date as service_to
    from core.finding_gone
    where kind in (
        'price', 'quantity', 'not_billed', 'late_start', 'discount_past_end', 'missed_uplift', 'unauthorised_credit',
        'unmatched_sold'
    )
),

-- What is told by now of the same days; what is sold once, and a credit, has none.
now as (
    select
        gone.finding_id,
        match.cause,
        match.is_open,
        match.invoice_line_id,
        coalesce(match.service_from < gone.service_to and match.service_to > gone.service_from, true) as is_of_these_days
    from gone
    join marts.fact_billing_match match
        on coalesce(match.credit_note_id, match.deal_line_id) = gone.about
),

known as (
    select
        finding_id,
        bool_or(is_open or cause = 'currency') filter (is_of_these_days) as has_other_cause,
        bool_and(cause = 'matched') filter (is_of_these_days) as is_matched,
        count(invoice_line_id) filter (is_of_these_days) as bills
    from now
    group by finding_id
),

approved as (
    select credit_note_id as about from core.credit_note_line where approved_by is not null
)

select
    gone.finding_id,
    case
        when known.finding_id is null then 'gone: not exported'
        when known.has_other_cause then 'gone: another cause'
        when gone.kind = 'unauthorised_credit' and gone.about in (select about from approved) then 'recovered: credit approved'
        when gone.kind <> 'unauthorised_credit' and known.is_matched and known.bills > 0 then 'recovered: billed'
        else 'gone: cannot tell'
    end as outcome
from gone
left join known using (finding_id);
