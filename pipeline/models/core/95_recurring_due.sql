-- One row per recurring line that came due up to the newest export (contract_id): what it was, and what renewed
-- it. Lines that ended before they came due, and contracts over several years whose day has not come, are not due.
-- A renewal counts up to the amount due: what it adds is expansion or price. It is on time where it was signed on
-- the due day or before; where no deal says when, the day on which it begins counts as signed.
-- Apart by account_id.
create table core.recurring_due as
with renewal as (
    select
        renews_id as contract_id,
        min(signed_on) as signed_on,
        sum(times(renewal.amount, rate.rate)) as amount_base
    from core.recurring_contract renewal
    left join core.recurring_month month on renewal.started_on between month.starts_on and month.read_on
    left join core.recurring_rate rate
        on rate.currency = renewal.currency
        and rate.number = coalesce(month.number, (select max(number) from core.recurring_month))
    where renewal.renews_id is not null
    group by renews_id
)

select
    due.contract_id,
    due.account_id,
    due.due_on,
    month.number,
    renewal.contract_id is not null as is_renewed,
    coalesce(renewal.signed_on <= due.due_on, false) as is_on_time,
    times(due.amount, rate.rate) as amount_base,
    case when renewal.contract_id is not null then least(times(due.amount, rate.rate), renewal.amount_base) end::decimal(18, 4) as renewed_base
from core.recurring_contract due
join core.recurring_month month on due.due_on between month.starts_on and month.read_on
left join core.recurring_rate rate on rate.currency = due.currency and rate.number = month.number
left join renewal using (contract_id)
where due.account_id is not null
and (due.ended_on is null or due.ended_on >= due.due_on or renewal.contract_id is not null);
