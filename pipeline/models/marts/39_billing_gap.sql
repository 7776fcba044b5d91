-- One row per line and part of it that no bill claims (deal_line_id, kind, from_day): before its first bill
-- (late_start), due and not billed (not_billed), not due yet by the newest export (timing), or sold without our being
-- able to say that it wasn't billed (unmatched_sold, with the reason).
create table passing.billing_gap as
with claim as (
    select
        deal_line_id,
        min(first_day) as first_day,
        min(end_day) as end_day,
        count(*) as bills,
        sum(sold_amount) as claimed,
        max(issued_on) as last_issued_on,
        max(round(months_from(starts_on, ends_on))) filter (to_day > from_day) as months
    from passing.billing_claim
    group by deal_line_id
),

of_deal as (
    select deal_id, max(claim.months) as months
    from claim
    join passing.sold_line using (deal_line_id)
    where claim.months > 0
    group by deal_id
),

loose as (
    from passing.billed_line
    anti join (from passing.billing_link where matched_by <> 'alike') using (invoice_line_id)
),

known_customer as (
    select account_id from passing.billed_line
    union
    select account_id from core.billed_customer
    union
    select account_id from core.subscription
),

-- Why what no bill claims may have been billed after all.
doubt as (
    select
        sold.deal_line_id,
        case
            when sold.deal_line_id in (select deal_line_id from passing.billing_link where matched_by = 'alike')
                then 'several lines fit its bill alike'
            when (sold.account_id, sold.product_id) in (select (account_id, product_id) from loose)
                then 'a bill of this customer and product fits no line'
            when sold.deal_line_id in (select deal_line_id from claim) then null
            when sold.account_id is null then 'its customer is not known'
            when sold.account_id in (select account_id from loose where product_id is null)
                then 'a bill of this customer names no product'
            when sold.account_id not in (select account_id from known_customer where account_id is not null)
                then 'the bills know no such customer'
        end as reason
    from passing.sold_line sold
),

line as (
    select
        sold.deal_line_id,
        sold.net_amount,
        sold.ramp,
        sold.closed_on,
        sold.ended_on,
        coalesce(claim.first_day, sold.first_day) as first_day,
        coalesce(claim.end_day, sold.end_day) as end_day,
        coalesce(claim.bills, 0) as bills,
        coalesce(claim.claimed, 0) as claimed,
        claim.last_issued_on,
        greatest(coalesce(claim.months, of_deal.months, habit.usual_months), 1)::integer as months,
        habit.follows_service,
        -- A start that is good to a month may be a month later.
        habit.lag_days + case when sold.start_told <> 'contract' and claim.bills is null and sold.end_day is not null then 31 else 0 end
            as lag_days,
        doubt.reason as doubt,
        (select data_on from meta.build) as data_on,
        (select min(issued_on) from passing.billed_line) as bills_from
    from passing.sold_line sold
    left join claim using (deal_line_id)
    left join of_deal on of_deal.deal_id = sold.deal_id
    left join doubt using (deal_line_id)
    join passing.billing_habit habit on habit.is_term = (sold.end_day is not null)
),

-- Of what is sold once: all of it, or what instalments have left.
of_once as (
    select
        deal_line_id,
        case
            when doubt is not null then 'unmatched_sold'
            -- Nothing is late of which no day is known.
            when (case when bills = 0 then greatest(first_day, closed_on) else last_issued_on end) is null then 'unmatched_sold'
            when bills = 0 and greatest(first_day, closed_on) + lag_days < bills_from then 'unmatched_sold'
            when (case when bills = 0 then greatest(first_day, closed_on) + lag_days else last_issued_on + 183 end) > data_on
                then 'timing'
            else 'not_billed'
        end as kind,
        first_day as from_day,
        null::date as to_day,
        greatest(first_day, closed_on) as due_on,
        net_amount - claimed as sold_amount,
        case
            when doubt is not null then doubt
            when bills > 0 and last_issued_on is null then 'its bills tell no day'
            when bills > 0 then null
            when greatest(first_day, closed_on) is null then 'its day is not known'
            when greatest(first_day, closed_on) + lag_days < bills_from then 'sold before the bills begin'
        end as reason
    from line
    where end_day is null and net_amount <> claimed
),

span as (
    select deal_line_id, from_day, to_day from passing.billing_claim where to_day > from_day
),

gap as (
    select
        deal_line_id,
        coalesce(lag(to_day) over of_line, line.first_day) as from_day,
        span.from_day as to_day,
        lag(to_day) over of_line is null as is_first,
        false as is_last
    from span
    join line using (deal_line_id)
    window of_line as (partition by deal_line_id order by span.from_day)
    union all
    select deal_line_id, coalesce(max(span.to_day), any_value(line.first_day)), any_value(line.end_day), false, true
    from line
    left join span using (deal_line_id)
    where line.end_day is not null
    group by deal_line_id
),

-- How far the line is due: of the steps from its last bill those whose bill should have come.
reached as (
    select
        gap.*,
        line.* exclude (deal_line_id),
        case
            when gap.from_day + lag_days > data_on then 0
            when follows_service then floor(months_from(gap.from_day, data_on - lag_days) / months)
            when greatest(gap.from_day, line.closed_on) + lag_days > data_on then 0
            else floor(months_from(gap.from_day, data_on - lag_days) / months) + 1
        end::integer as steps,
        case
            when line.first_day + lag_days < bills_from
                then line.first_day + to_months((ceil(months_from(line.first_day, bills_from) / months) * months)::integer)
            else line.first_day
        end::date as known_from
    from gap
    join line using (deal_line_id)
    where gap.to_day > gap.from_day
),

cut as (
    select
        *,
        greatest(from_day, least(known_from, to_day)) as a,
        greatest(from_day, least(coalesce(ended_on, to_day), to_day)) as e,
        case when is_last then least((from_day + to_months(steps * months))::date, to_day) else to_day end as d
    from reached
),

part as (
    select
        *,
        unnest([
            { 'kind': 'unmatched_sold', 'reason': 'sold before the bills begin', 'first': from_day, 'next': least(a, e) },
            {
                'kind': case when doubt is not null then 'unmatched_sold' when is_first then 'late_start' else 'not_billed' end,
                'reason': doubt,
                'first': a,
                'next': least(d, e)
            },
            { 'kind': 'timing', 'reason': null, 'first': greatest(a, least(d, e)), 'next': e },
            { 'kind': 'unmatched_sold', 'reason': 'the contract ended before its term', 'first': e, 'next': to_day }
        ]) as part
    from cut
)

select
    deal_line_id,
    part.kind as kind,
    part.first as from_day,
    part.next as to_day,
    case
        when follows_service then least((part.first + to_months(months))::date, part.next)
        else greatest(part.first, closed_on)
    end as due_on,
    sold_until(net_amount, first_day, end_day, ramp, part.next)
    - sold_until(net_amount, first_day, end_day, ramp, part.first) as sold_amount,
    part.reason as reason
from part
where part.next > part.first
union all
select * from of_once;
