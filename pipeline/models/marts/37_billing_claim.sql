-- One row per billed line and line that it bills (invoice_line_id, deal_line_id): the part of either that the two have
-- in common. Of a line's term each day is billed once: a bill claims what no earlier one did (from_day to to_day).
-- A bill for several lines is shared by what each was sold for over its days.
create table passing.billing_claim as
with linked as (
    select
        link.*,
        bill.issued_on,
        bill.period_start,
        bill.period_end,
        bill.net_amount as bill_net,
        bill.currency as bill_currency,
        bill.quantity as bill_quantity,
        bill.discount_amount,
        bill.discount_ends_on,
        bill.base_rate as bill_rate,
        sold.net_amount as sold_net,
        sold.currency,
        sold.quantity,
        sold.months,
        sold.first_day as told_first_day,
        sold.end_day as told_end_day,
        sold.start_told,
        sold.ramp,
        sold.base_rate,
        sold.list_amount,
        -- Bills without days are instalments where a line has several.
        count(*) filter (bill.period_start is null) over (partition by link.deal_line_id) as undated,
        lead(bill.issued_on) over by_day as next_issued_on,
        lag(bill.issued_on) over by_day as last_issued_on,
        min(coalesce(bill.period_start, bill.issued_on)) over (partition by link.deal_line_id) as first_billed_day,
        max(bill.period_end) over (partition by link.deal_line_id) as last_billed_day,
        max(greatest(round(months_from(bill.period_start, bill.period_end)), 1)) over (partition by link.deal_line_id) as longest,
        -- A first bill is whole where it is as long as any, and of a length that bills have.
        arg_min(
            round(months_from(bill.period_start, bill.period_end)), (bill.period_start, bill.period_end)
        ) over (partition by link.deal_line_id) as first_length,
        first_length = longest and (first_length in (1, 3, 6, 12, 24, 36, 48, 60) or first_length = sold.months) as is_first_full
    from passing.billing_link link
    join passing.billed_line bill using (invoice_line_id)
    join passing.sold_line sold using (deal_line_id)
    where link.matched_by <> 'alike'
    window by_day as (
        partition by link.deal_line_id, bill.period_start is null order by bill.issued_on, bill.invoice_line_id
    )
),

-- A start that is good to a month is the first bill's, unless that bill is short: a late one ends when it would have
-- ended. Then the start is whole years before the end of the last bill, else whole bills, else whole months.
shifted as (
    select
        *,
        case
            when start_told = 'contract' or told_end_day is null then 0
            when start_told = 'close' and abs(first_billed_day - told_first_day) <= 183 then (first_billed_day - told_first_day)
            when abs(first_billed_day - told_first_day) <= case when is_first_full then 183 else 31 end
                then (first_billed_day - told_first_day)
            when last_billed_day <= told_first_day then 0
            else coalesce(
                list_filter(
                    list_transform(
                        [12, longest, 1],
                        lambda step: (
                            last_billed_day
                            - to_months((round(months_from(told_first_day, last_billed_day) / step) * step)::integer)
                        )::date - told_first_day
                    ),
                    lambda days: abs(days) <= 31
                )[1],
                0
            )
        end::integer as shift
    from linked
),

dated as (
    select
        * exclude (told_first_day, told_end_day),
        told_first_day + shift as first_day,
        case
            when shift = 0 then told_end_day
            else (told_first_day + shift + to_months(ceil(months)::integer))::date
        end as end_day,
        coalesce(
            period_start,
            -- Of several bills without days, one that nobody dated is for what the dated ones leave.
            case when undated > 1 and told_end_day is not null then issued_on else told_first_day + shift end
        ) as starts_on,
        coalesce(
            period_end,
            case
                when undated > 1 and told_end_day is not null
                    then coalesce(
                        next_issued_on,
                        (issued_on + to_months(greatest(round(months_from(last_issued_on, issued_on)), 1)::integer))::date
                    )
                when shift = 0 then told_end_day
                else (told_first_day + shift + to_months(ceil(months)::integer))::date
            end
        ) as ends_on
    from shifted
),

claimed as (
    select
        *,
        greatest(
            starts_on,
            first_day,
            -- One that nobody dated has claimed all that was left.
            coalesce(max(coalesce(ends_on, end_day)) over earlier, first_day)
        ) as from_day,
        least(ends_on, end_day) as to_day,
        row_number() over (partition by deal_line_id order by starts_on, ends_on desc, issued_on, invoice_line_id) as place
    from dated
    window earlier as (
        partition by deal_line_id
        order by starts_on, ends_on desc, issued_on, invoice_line_id
        rows between unbounded preceding and 1 preceding
    )
),

counted as (
    select
        *,
        count(*) over (partition by invoice_line_id) as lines,
        count(*) over (partition by deal_line_id) as bills
    from claimed
),

-- What each of several lines says of the bill's days, whoever bills them first.
wanted as (
    select
        *,
        case
            when lines = 1 then null
            when end_day is null then sold_net
            else
                sold_until(sold_net, first_day, end_day, ramp, coalesce(ends_on, end_day))
                - sold_until(sold_net, first_day, end_day, ramp, coalesce(starts_on, first_day))
        end as wanted
    from counted
),

weighed as (
    select
        *,
        case
            when lines = 1 or sum(greatest(wanted, 0)) over (partition by invoice_line_id) = 0 then 1.0
            else greatest(wanted, 0)::double
        end as weight
    from wanted
),

shared as (
    select
        *,
        sum(weight) over (partition by invoice_line_id) as weights,
        sum(weight) over (partition by invoice_line_id order by deal_line_id rows unbounded preceding) as weights_so_far
    from weighed
),

billed as (
    select
        * exclude (weight, weights, weights_so_far),
        case
            when lines = 1 then bill_net
            else
                (bill_net::double * weights_so_far / weights)::decimal(18, 4)
                - (bill_net::double * (weights_so_far - weight) / weights)::decimal(18, 4)
        end::decimal(18, 4) as whole_amount
    from shared
),

split as (
    select
        *,
        -- A bill that reaches beyond what it claims is for that as far as its days go.
        case
            when end_day is null or to_day <= from_day then whole_amount
            -- What nobody dated is not known to reach beyond.
            when starts_on is null or ends_on is null then whole_amount
            when (from_day - starts_on) + (ends_on - to_day) <= 3 then whole_amount
            else whole_amount::double * months_from(from_day, to_day) / months_from(starts_on, ends_on)
        end::decimal(18, 4) as billed_amount
    from billed
)

select
    * exclude (whole_amount, undated, first_length, is_first_full, next_issued_on, last_issued_on, last_billed_day, longest),
    case
        when end_day is not null
            then case
                when to_day <= from_day then 0
                else
                    sold_until(sold_net, first_day, end_day, ramp, to_day)
                    - sold_until(sold_net, first_day, end_day, ramp, from_day)
            end
        when sold_net <= 0 then case when place = 1 then sold_net else 0 end
        -- One bill of most of a thing sold once is for all of it; of less, an instalment.
        when bills = 1 and (billed_amount >= 0.7 * sold_net or bill_quantity < quantity) then sold_net
        else
            least(
                greatest(sold_net - coalesce(sum(greatest(billed_amount, 0)) over before, 0), 0),
                greatest(billed_amount, 0)
            )
    end::decimal(18, 4) as sold_amount,
    whole_amount - billed_amount as beyond_amount
from split
window before as (partition by deal_line_id order by place rows between unbounded preceding and 1 preceding);
