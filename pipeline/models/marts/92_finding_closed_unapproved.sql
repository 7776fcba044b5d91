-- One row per deal won over a limit in the fiscal quarter of the newest export without an approval on or before the
-- close (finding_id); one approved on a day that nobody recorded may have been in time. At stake is what the discount was
-- over the limit: it is given away, and the quarter's review is where it can be talked about.
create view core.finding_closed_unapproved as
select
    'closed_unapproved:' || deal.deal_id as finding_id,
    'closed_unapproved' as kind,
    deal.deal_id,
    null::varchar as deal_line_id,
    deal.account_id,
    null::varchar as invoice_id,
    deal.rep_id as person_id,
    over_limit.excess_base as amount_base,
    deal.closed_on as happened_on,
    horizon.quarter_ends_on as act_by,
    to_json({
        'rate': round(over_limit.rate, 2),
        'limit': over_limit.max_rate,
        'most': over_limit.max_amount,
        'binds': over_limit.binds,
        'discount': over_limit.discount,
        'closed': deal.closed_on,
        'approved': case when approval.is_for_less then approval.approved_rate end,
        'approved_later': approval.approved_on
    })::varchar as facts
from core.over_limit over_limit
join marts.fact_deal deal using (deal_id)
cross join core.finding_horizon horizon
join meta.fiscal_period quarter
    on quarter.kind = 'quarter'
    and horizon.today >= quarter.starts_on
    and horizon.today < quarter.ends_on
left join core.deal_approval approval using (deal_id)
where deal.is_won
and deal.closed_on between quarter.starts_on and horizon.today
and not coalesce(approval.is_in_time, false)
and exists (select 1 from core.price_exception);
