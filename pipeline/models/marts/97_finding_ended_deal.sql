-- One row per finding about a deal's price that is gone (finding_id), and what became of it: recovered where the deal
-- was repriced, approved or decided about, lapsed where it closed as it was or the day passed, else gone.
create view core.finding_ended_deal as
with gone as (
    select *
    from core.finding_gone
    where kind in ('unapproved_open', 'approval_pending', 'closed_unapproved', 'beyond_comparable')
),

-- The discretionary rate as it stands now, of these deals alone.
rate_now as (
    select
        deal_id,
        coalesce(sum(discount_base) filter (discount_kind in ('discretionary', 'unknown')), 0)::double
        / nullif(sum(list_amount_base), 0)::double * 100 as rate
    from core.line_at_close
    where list_amount_base > 0 and deal_id in (select deal_id from gone)
    group by deal_id
),

decided as (
    select
        'approval_pending:' || exception_id as finding_id,
        any_value(lower(decision)) filter (lower(decision) in ('approved', 'rejected')) as decision
    from core.price_exception
    group by exception_id
)

select
    gone.finding_id,
    case
        when deal.deal_id is null or deal.vanished_on is not null then 'gone: not exported'
        when gone.kind = 'approval_pending' and decided.decision is not null then 'recovered: ' || decided.decision
        when gone.kind = 'approval_pending' and deal.is_won then 'lapsed: closed at that price'
        -- What was approved only after the close was not held back by anybody.
        when gone.kind in ('unapproved_open', 'closed_unapproved')
            and case when deal.is_closed then approval.is_in_time else approval.is_approved end then 'recovered: approved'
        when gone.kind in ('unapproved_open', 'closed_unapproved') and over_limit.deal_id is null
            and (deal.is_won or not deal.is_closed) then 'recovered: repriced'
        when gone.kind = 'unapproved_open' and deal.is_won then 'lapsed: closed at that price'
        when gone.kind = 'beyond_comparable' and (deal.is_won or not deal.is_closed)
            and rate_now.rate < (gone.facts ->> '$.rate')::double - 1 then 'recovered: repriced'
        when gone.kind = 'beyond_comparable' and deal.is_won then 'lapsed: closed at that price'
        when gone.kind <> 'closed_unapproved' and deal.is_closed then 'lapsed: deal lost'
        when gone.kind = 'unapproved_open' and approval.is_pending then 'gone: approval asked for'
        when gone.act_by < horizon.today and coalesce(deal.is_closed or deal.closed_on < horizon.today, true)
            then 'lapsed: date passed'
        when not deal.is_closed and deal.closed_on > gone.act_by then 'gone: close moved out'
        else 'gone: cannot tell'
    end as outcome
from gone
cross join core.finding_horizon horizon
left join marts.fact_deal deal using (deal_id)
left join core.over_limit over_limit using (deal_id)
left join core.deal_approval approval using (deal_id)
left join rate_now using (deal_id)
left join decided on decided.finding_id = gone.finding_id;
