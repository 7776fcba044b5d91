-- One row per kind of line (is_term): how the company bills it, learnt from its matched bills. usual_months is the
-- commonest length of a bill, lag_days how many days after the start of its service (or its end, where bills follow it)
-- 95 in 100 bills have come, and a week; below ten dated bills a month, which is ours. What is later than that is missing.
create table passing.billing_habit as
with bill as (
    select
        end_day is not null as is_term,
        deal_line_id,
        round(months_from(starts_on, ends_on))::integer as months,
        date_diff('day', starts_on, ends_on) > 1 and date_diff('day', starts_on, issued_on) * 2 > date_diff('day', starts_on, ends_on)
            as is_after,
        issued_on,
        greatest(starts_on, closed_on) as begun_on,
        ends_on
    from passing.billing_claim
    join (select deal_line_id, closed_on from passing.sold_line) using (deal_line_id)
    where confidence > 0.8 and place = 1
),

length as (
    select is_term, arg_max(months, (lines, months)) as usual_months
    from (select is_term, months, count(*) as lines from bill where months > 0 group by all)
    group by is_term
),

way as (
    select is_term, coalesce(avg(is_after::integer) filter (issued_on is not null) > 0.5, false) and is_term as follows_service
    from bill
    group by is_term
),

-- A bill that nobody dated came on no day that is known.
lag as (
    select is_term, follows_service, count(days) as bills, quantile_disc(greatest(days, 0), 0.95) filter (days is not null) as days
    from (
        select
            bill.is_term,
            way.follows_service,
            date_diff('day', case when way.follows_service then bill.ends_on else bill.begun_on end, bill.issued_on) as days
        from bill
        join way using (is_term)
    )
    group by all
)

select
    kind.is_term,
    coalesce(length.usual_months, 12) as usual_months,
    coalesce(lag.follows_service, false) as follows_service,
    case when lag.bills >= 10 then lag.days + 7 else 31 end::integer as lag_days
from (values (true), (false)) kind (is_term)
left join length using (is_term)
left join lag using (is_term);
