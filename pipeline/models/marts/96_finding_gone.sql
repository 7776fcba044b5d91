-- One row per finding that was seen in a week before and is no more (finding_id), as it was seen last; gone_on is the
-- first day looked at on which it was not there.
create table core.finding_gone as
with week as (
    select seen_on, lead(seen_on) over (order by seen_on) as next_on from raw.finding_day
)

select
    seen.finding_id,
    any_value(seen.kind) as kind,
    arg_max(seen.deal_id, seen.seen_on) as deal_id,
    arg_max(seen.deal_line_id, seen.seen_on) as deal_line_id,
    arg_max(seen.account_id, seen.seen_on) as account_id,
    arg_max(seen.invoice_id, seen.seen_on) as invoice_id,
    arg_max(seen.person_id, seen.seen_on) as person_id,
    arg_max(seen.amount_base, seen.seen_on) as amount_base,
    arg_max(seen.happened_on, seen.seen_on) as happened_on,
    arg_max(seen.act_by, seen.seen_on) as act_by,
    arg_max(seen.facts, seen.seen_on) as facts,
    min(seen.seen_on) as first_seen_on,
    max(seen.seen_on) as last_seen_on,
    coalesce(max_by(week.next_on, seen.seen_on), (select data_on from meta.build)) as gone_on
from raw.finding_seen seen
join week using (seen_on)
where seen.finding_id not in (select finding_id from core.finding_now)
group by seen.finding_id;
