-- One row per won line with a net (deal_line_id), where there are bills: what should be billed of it, and over which
-- days. Ramps are the line's own periods. It begins where its ramp or contract does, else on its service date, else
-- at the close (start_told): the last two are good to a month.
create table passing.sold_line as
with bill as (
    select true as is_there from passing.billed_line limit 1
),

contract as (
    select deal_line_id, min(started_on) as started_on, max(ended_on) as ended_on, bool_and(ended_on is not null) as is_ended
    from (
        select deal_line_id, started_on, ended_on from latest.subscription, bill where deal_line_id is not null
        union all
        select line.deal_line_id, contract.started_on, contract.ended_on
        from latest.deal_line line
        join latest.subscription contract using (subscription_id), bill
        where contract.deal_line_id is null
    )
    group by deal_line_id
),

ramp as (
    select
        deal_line_id,
        min(period_start) as first_day,
        max(period_end) as end_day,
        sum(net_amount) as net,
        list(
            { 'first_day': period_start, 'end_day': period_end, 'net': net_amount, 'list': list_amount } order by period_start
        ) as periods
    from latest.deal_line_period, bill
    group by deal_line_id
    having bool_and(net_amount is not null and period_end > period_start) and sum(net_amount) > 0
),

won as (
    select
        line.deal_line_id,
        line.deal_id::varchar as deal_id,
        line.account_id::varchar as account_id,
        line.product_id::varchar as product_id,
        line.currency::varchar as currency,
        line.net_amount,
        line.net_amount_base,
        line.list_amount,
        line.base_rate,
        line.quantity,
        -- Beyond a hundred years a term is a typing error.
        case when line.price_period <> 'once' and line.term_months > 0 then least(line.term_months, 1200) end as months,
        line.service_from,
        line.closed_on
    from core.line_at_close line, bill
    where line.is_won and line.net_amount is not null
),

placed as (
    select
        won.*,
        -- Periods that come to something else than the line does tell nothing of its price.
        case when abs(ramp.net - won.net_amount) <= 0.02 * len(ramp.periods) then ramp.periods end as ramp,
        ramp.end_day,
        coalesce(ramp.first_day, contract.started_on, won.service_from, won.closed_on) as first_day,
        case
            when ramp.first_day is not null or contract.started_on is not null then 'contract'
            when won.service_from is not null then 'service date'
            else 'close'
        end as start_told,
        case when contract.is_ended then contract.ended_on end as ended_on
    from won
    left join ramp using (deal_line_id)
    left join contract on contract.deal_line_id = won.deal_line_id
)

select
    * exclude (end_day, service_from),
    case
        when ramp is not null then end_day
        when months is not null then greatest((first_day + to_months(ceil(months)::integer))::date, first_day + 1)
    end as end_day
from placed;
