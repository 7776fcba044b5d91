-- One row per finding that was seen in a week before and is no more (finding_id), as it was seen last; gone_on is the
-- first day looked at on which it was not there.
create table core.finding_gone as
with week as (
    select seen_on, lead(seen_on) over (order by seen_on) as next_on from raw.finding_day
),

last as (
    select finding_id, min(seen_on) as first_seen_on, max(seen_on) as last_seen_on
    from raw.finding_seen
    semi join week using (seen_on)
    where finding_id not in (select finding_id from core.finding_now)
    group by finding_id
)

-- The whole row of its last day: a fact that was not told then is not that of a week before.
select
    seen.finding_id,
    seen.kind,
    seen.deal_id,
    seen.deal_line_id,
    seen.account_id,
    seen.invoice_id,
    seen.person_id,
    seen.amount_base,
    seen.happened_on,
    seen.act_by,
    seen.facts,
    last.first_seen_on,
    last.last_seen_on,
    -- Where no week after it is known, this build is the first without it.
    coalesce(week.next_on, (select data_on from meta.build)) as gone_on
from last
join raw.finding_seen seen on seen.finding_id = last.finding_id and seen.seen_on = last.last_seen_on
join week on week.seen_on = last.last_seen_on;
