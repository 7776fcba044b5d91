-- One row per allocation (match_id): what a bill claims of a sold line, what no bill claims of one, a billed line that
-- belongs to none, or a credit. Each difference has one cause; what lies within the tolerances is matched. A line whose
-- bills come to what they claim of it is matched throughout: a later bill made good for an earlier one.
create table passing.match_row as
with tolerance as (
    select
        (configuration -> '$.tolerance.percent')::double / 100 as share,
        (configuration -> '$.tolerance.amount')::double as amount,
        currency as reporting_currency
    from meta.build
),

claim as (
    select
        claim.*,
        tolerance.*,
        -- What is sold once has no days to claim, whatever days its bill names: a bill claims what is left of its price.
        case
            when claim.end_day is null then claim.sold_amount <> 0 or (claim.sold_net = 0 and claim.place = 1)
            else claim.to_day > claim.from_day
        end as claims_some,
        sum(claim.billed_amount + claim.beyond_amount) over of_line as line_billed,
        sum(claim.sold_amount) over of_line as line_sold,
        bool_or(claim.bill_currency <> claim.currency) over of_line as has_other_currency,
        -- What the days would cost at the price of an earlier period of the ramp, where that is lower.
        list_filter(
            list_transform(
                claim.ramp,
                lambda p: {
                    'first_day': p.first_day,
                    'is_reduced': p.net < 0.995 * p.list,
                    'a_month': p.net::double / months_from(p.first_day, p.end_day),
                    'list_a_month': p.list::double / months_from(p.first_day, p.end_day)
                }
            ),
            lambda p: p.first_day < claim.from_day
        ) as earlier
    from passing.billing_claim claim, tolerance
    window of_line as (partition by claim.deal_line_id)
),

compared as (
    select
        *,
        billed_amount::double - sold_amount::double as gap,
        greatest(amount, share * abs(sold_amount::double)) as tolerated,
        not has_other_currency and abs(line_billed - line_sold) <= greatest(amount, share * abs(line_sold::double)) as is_made_good,
        case when end_day is null then 1 else months_from(from_day, greatest(to_day, from_day)) end as months_claimed,
        case
            when lines = 1 and bill_quantity <> quantity and quantity > 0
                then sold_amount::double * bill_quantity::double / quantity::double
        end as at_quantity,
        billed_amount::double * bill_rate::double as billed_worth,
        sold_amount::double * base_rate::double as sold_worth
    from claim
),

caused as (
    select
        *,
        list_filter(earlier, lambda p: abs(p.a_month * months_claimed - billed_amount::double) <= tolerated) as at_earlier
    from compared
),

of_bill as (
    select
        deal_line_id || ' ' || invoice_line_id as match_id,
        deal_line_id,
        invoice_line_id,
        matched_by,
        confidence,
        issued_on as happened_on,
        case when claims_some then from_day else starts_on end as service_from,
        case when claims_some then to_day else ends_on end as service_to,
        currency as sold_currency,
        bill_currency as billed_currency,
        sold_amount,
        billed_amount,
        quantity as sold_quantity,
        bill_quantity as billed_quantity,
        case
            when bill_currency <> currency
                then case
                    when abs(billed_worth - sold_worth) <= greatest(amount, share * abs(sold_worth)) then 'matched'
                    else 'currency'
                end
            when is_made_good then 'matched'
            when not claims_some then 'unmatched_billed'
            when abs(gap) <= tolerated then 'matched'
            when gap < 0 and discount_ends_on <= starts_on and discount_amount > 0 then 'discount_past_end'
            when gap < 0 and len(at_earlier) > 0
                then case
                    -- A period at list after one below it: the discount was for the first alone.
                    when at_earlier[-1].is_reduced
                        and sold_amount::double / (at_earlier[-1].list_a_month * months_claimed) between 0.9995 and 1.0005
                        then 'discount_past_end'
                    else 'missed_uplift'
                end
            when abs(billed_amount::double - at_quantity) <= tolerated then 'quantity'
            when abs(billed_amount::double - at_quantity) < 0.5 * abs(gap) then 'quantity'
            else 'price'
        end as cause,
        case
            when claims_some then null
            when end_day is null or starts_on is null or (starts_on < end_day and ends_on > first_day) then 'billed already'
            else 'outside of the term sold'
        end as reason
    from caused
),

-- What a bill charges for days beyond those that it claims.
of_bill_beyond as (
    select
        deal_line_id || ' ' || invoice_line_id || ' beyond' as match_id,
        deal_line_id,
        invoice_line_id,
        matched_by,
        confidence,
        issued_on as happened_on,
        case when from_day > starts_on then starts_on else to_day end as service_from,
        case when from_day > starts_on then from_day else ends_on end as service_to,
        currency as sold_currency,
        bill_currency as billed_currency,
        0 as sold_amount,
        beyond_amount as billed_amount,
        case
            when is_made_good or abs(beyond_amount) <= greatest(amount, share * abs(billed_amount::double)) then 'matched'
            else 'unmatched_billed'
        end as cause,
        case when from_day > starts_on and starts_on >= first_day then 'billed already' else 'outside of the term sold' end as reason
    from caused
    where beyond_amount <> 0
),

net as (
    select deal_line_id, any_value(currency) as currency, any_value(net_amount) as net_amount
    from passing.sold_line
    group by deal_line_id
),

of_gap as (
    select
        -- A line without any day has no first one either.
        concat_ws(' ', gap.deal_line_id, gap.kind, gap.from_day) as match_id,
        gap.deal_line_id,
        null as invoice_line_id,
        'none' as matched_by,
        null as confidence,
        gap.due_on as happened_on,
        gap.from_day as service_from,
        gap.to_day as service_to,
        net.currency as sold_currency,
        null as billed_currency,
        gap.sold_amount,
        0 as billed_amount,
        case
            when gap.kind in ('late_start', 'not_billed')
                and abs(gap.sold_amount) <= greatest(tolerance.amount, tolerance.share * abs(net.net_amount::double))
                then 'matched'
            else gap.kind
        end as cause,
        gap.reason
    from passing.billing_gap gap
    join net using (deal_line_id), tolerance
),

alike as (
    select invoice_line_id, count(*) as lines
    from passing.billing_link
    where matched_by = 'alike'
    group by invoice_line_id
),

of_none as (
    select
        invoice_line_id as match_id,
        null as deal_line_id,
        invoice_line_id,
        'none' as matched_by,
        null as confidence,
        bill.issued_on as happened_on,
        bill.period_start as service_from,
        bill.period_end as service_to,
        null as sold_currency,
        bill.currency as billed_currency,
        0 as sold_amount,
        bill.net_amount as billed_amount,
        bill.quantity as billed_quantity,
        'unmatched_billed' as cause,
        case
            when alike.lines > 0 then 'several sold lines fit alike'
            when bill.account_id is null then 'its customer is not known'
            when bill.deal_id in (select deal_id from passing.sold_line) then 'its deal sold no such product'
            when bill.product_id is null then 'it names no product'
            else 'no sold line fits'
        end as reason
    from passing.billed_line bill
    left join alike using (invoice_line_id)
    anti join (from passing.billing_claim) claim on claim.invoice_line_id = bill.invoice_line_id
)

from of_bill
union all by name
from of_bill_beyond
union all by name
from of_gap
union all by name
from of_none;
