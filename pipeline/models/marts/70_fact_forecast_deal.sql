-- One row per deal, fiscal quarter, lead time and place (deal_id, fiscal_quarter, weeks_before, side): how a deal
-- stood when the forecast was frozen, and what became of it by the quarter's end. Deals are here that were due in
-- the quarter then or were won in it. side is 'both' where the owner and their place stayed the same; else 'then'
-- holds what was forecast there, and 'close' what came of it elsewhere. Of each forecast (commit; best case, with
-- all that is surer) forecast + bar + changed + currency + transferred = actual, on each row. Amounts are in the
-- reporting currency: those forecast at the rate in force when they were frozen, those won at the close's.
create table marts.fact_forecast_deal as
with frozen as (
    select * from core.lead_time where has_history
),

won as (
    select deal.deal_id, frozen.fiscal_quarter, frozen.weeks_before, deal.created_on, deal.closed_on, frozen.as_of
    from marts.fact_deal deal
    join frozen using (fiscal_quarter)
    where deal.is_won and frozen.weeks_before > 0
),

-- Everything that a forecast or what came of it may hold.
met as (
    select
        coalesce(state.deal_id, won.deal_id) as deal_id,
        coalesce(state.fiscal_quarter, won.fiscal_quarter) as fiscal_quarter,
        coalesce(state.weeks_before, won.weeks_before) as weeks_before,
        won.deal_id is not null as is_won_in,
        coalesce(
            state.stood,
            case
                when won.created_on >= won.as_of then 'not yet opened'
                when won.closed_on < won.as_of then 'won'
                else 'not known'
            end
        ) as stood,
        case when state.deal_id is null then won.closed_on < won.as_of else state.is_due end as is_due,
        state.* exclude (deal_id, fiscal_quarter, weeks_before, is_won_in, stood, is_due)
    from (
        select * from passing.deal_state
        where weeks_before > 0
    ) state
    full join won
        on won.deal_id = state.deal_id
        and won.fiscal_quarter = state.fiscal_quarter
        and won.weeks_before = state.weeks_before
),

ending as (
    select deal_id, fiscal_quarter, stood, rank, is_due from passing.deal_state where weeks_before = 0
),

rate as (
    select asked.currency, asked.as_of, arg_max(fx.rate_to_base, fx.on_date) filter (fx.rate_set = 'plan') as plan_rate,
        arg_max(fx.rate_to_base, fx.on_date) filter (fx.rate_set = 'actual') as actual_rate
    from (
        select currency, as_of
        from (select distinct currency from marts.fact_deal) cross join (select distinct as_of from frozen)
    ) asked
    join core.rate_to_base fx on fx.currency = asked.currency and fx.on_date <= asked.as_of
    group by asked.currency, asked.as_of
),

any_region as (
    select coalesce(bool_or(region is not null), false) as is_known from core.person_assignment
),

valued as (
    select
        met.*,
        frozen.fiscal_year,
        frozen.starts_on,
        frozen.ends_on,
        frozen.as_of,
        frozen.is_over,
        deal.deal_id is not null as is_there,
        deal.is_won,
        deal.is_closed,
        deal.closed_on,
        deal.segment,
        deal.deal_type,
        deal.account_id,
        deal.source_file,
        deal.source_line,
        deal.rep_id,
        deal.rep_name,
        deal.manager_id,
        deal.manager_name,
        deal.team,
        deal.region,
        deal.reporting_line_id,
        -- Where no place is known for that day, it is the one at the close.
        coalesce(person.region, person.team, person.manager_id) is not null or met.owner_id is distinct from deal.rep_id as is_placed,
        person.person_id as then_rep_id,
        person.name as then_rep_name,
        case when is_placed then person.manager_id else deal.manager_id end as then_manager_id,
        case when is_placed then person.manager_name else deal.manager_name end as then_manager_name,
        case when is_placed then person.team else deal.team end as then_team,
        case when not is_placed then deal.region when any_region.is_known then person.region else deal.account_region end as then_region,
        case when is_placed then person.reporting_line_id else deal.reporting_line_id end as then_reporting_line_id,
        ending.stood as stood_at_end,
        ending.rank as rank_at_end,
        ending.is_due as is_due_at_end,
        case
            when coalesce(deal.currency, (select currency from meta.build)) = (select currency from meta.build) then 1
            else coalesce(rate.plan_rate, rate.actual_rate)
        end::decimal(18, 8) as rate_then,
        coalesce(close_rate.plan_rate, close_rate.actual_rate)::decimal(18, 8) as rate_at_close,
        deal.net_amount,
        case when met.is_won_in then coalesce(deal.net_amount_base, 0) else 0 end::decimal(18, 4) as actual_base
    from met
    join frozen using (fiscal_quarter, weeks_before)
    cross join any_region
    left join marts.fact_deal deal using (deal_id)
    left join core.person_at_close person on person.person_id = met.owner_id and person.day = frozen.as_of
    left join ending using (deal_id, fiscal_quarter)
    left join rate on rate.currency = deal.currency and rate.as_of = frozen.as_of
    left join core.rate_on_day close_rate on close_rate.currency = deal.currency and close_rate.day = deal.closed_on
),

forecast as (
    select
        *,
        case
            -- What was won by then counts as it was booked.
            when stood = 'won' and is_won_in then actual_base
            else coalesce(times(amount, rate_then), 0)
        end::decimal(18, 4) as then_base,
        (stood = 'won' and (is_due or is_won_in)) or (stood = 'open' and is_due and rank >= 4) as in_commit,
        (stood = 'won' and (is_due or is_won_in)) or (stood = 'open' and is_due and rank >= 2) as in_best_case,
        case
            when not is_over then null
            when is_won_in then 'won'
            when stood_at_end = 'lost' or (is_closed and not is_won and closed_on >= as_of and closed_on < ends_on) then 'lost'
            when not is_there or stood_at_end = 'gone' then 'removed'
            when stood_at_end = 'open' and not is_due_at_end then 'slipped'
            when stood_at_end = 'open' and rank_at_end = 0 then 'removed'
            else 'still open'
        end as became,
        case
            when stood = 'open' then case when is_due then 'other_category' else 'pulled_in' end
            when stood = 'won' then 'pulled_in'
            when stood = 'lost' then 'reopened'
            when stood = 'not yet opened' then 'bluebird'
            else 'not_known'
        end as entry_bar,
        case
            when stood <> 'open' or rate_then = rate_at_close or rate_at_close is null or net_amount is null then 0
            else coalesce(actual_base - times(net_amount, rate_then), 0)
        end::decimal(18, 4) as currency_moved,
        is_won_in and stood = 'open' and (
            then_rep_id is distinct from rep_id
            or then_region is distinct from region
            or then_team is distinct from team
            or then_manager_id is distinct from manager_id
        ) as is_moved
    from valued
),

-- Two rows for a deal that was won elsewhere than it was forecast.
sided as (
    select *, unnest(case when is_moved then ['then', 'close'] when stood in ('open', 'won') and not is_won_in then ['both then'] else ['both'] end) as side
    from forecast
)

select
    deal_id,
    account_id,
    fiscal_year,
    fiscal_quarter,
    weeks_before,
    case when side = 'both then' then 'both' else side end as side,
    starts_on as period_start,
    as_of,
    is_over,
    stood,
    coalesce(is_due, false) as is_due,
    stage,
    category as forecast_category,
    category_source,
    probability,
    due_on,
    case when stood in ('open', 'won') then then_base end as amount_base,
    -- What it is worth to the customer, as recorded by now.
    times(customer_value, rate_then) as value_base,
    became,
    coalesce(is_won, false) as is_won,
    coalesce(is_closed, false) as is_closed,
    case when side in ('then', 'both then') then then_rep_id else rep_id end as rep_id,
    case when side in ('then', 'both then') then then_rep_name else rep_name end as rep_name,
    case when side in ('then', 'both then') then then_manager_id else manager_id end as manager_id,
    case when side in ('then', 'both then') then then_manager_name else manager_name end as manager_name,
    case when side in ('then', 'both then') then then_team else team end as team,
    case when side in ('then', 'both then') then then_region else region end as region,
    case when side in ('then', 'both then') then then_reporting_line_id else reporting_line_id end as reporting_line_id,
    segment,
    deal_type,
    case when in_commit and side <> 'close' then then_base else 0 end::decimal(18, 4) as commit_base,
    case when in_best_case and side <> 'close' then then_base else 0 end::decimal(18, 4) as best_case_base,
    case when side <> 'then' then actual_base else 0 end::decimal(18, 4) as actual_base,
    case
        when not is_over or side = 'then' or in_commit = is_won_in then null
        when is_won_in then entry_bar
        when became in ('lost', 'removed', 'slipped') then became
        when stood_at_end = 'open' and rank_at_end < 4 then 'moved_down'
        else 'slipped'
    end as commit_bar,
    case
        when not is_over or side = 'then' or in_best_case = is_won_in then null
        when is_won_in then entry_bar
        when became in ('lost', 'removed', 'slipped') then became
        when stood_at_end = 'open' and rank_at_end < 2 then 'moved_down'
        else 'slipped'
    end as best_case_bar,
    case when in_commit and is_won_in and side <> 'then' then currency_moved else 0 end::decimal(18, 4) as commit_currency_base,
    case when in_best_case and is_won_in and side <> 'then' then currency_moved else 0 end::decimal(18, 4) as best_case_currency_base,
    case when in_commit and is_won_in and side <> 'then' then actual_base - then_base - currency_moved else 0 end::decimal(18, 4)
        as commit_changed_base,
    case when in_best_case and is_won_in and side <> 'then' then actual_base - then_base - currency_moved else 0 end::decimal(18, 4)
        as best_case_changed_base,
    case when in_commit and is_moved then case side when 'then' then -then_base else then_base end else 0 end::decimal(18, 4)
        as commit_transferred_base,
    case when in_best_case and is_moved then case side when 'then' then -then_base else then_base end else 0 end::decimal(18, 4)
        as best_case_transferred_base,
    source_file,
    source_line
from sided
-- Quarters and lead times are asked for one at a time: together they are quicker to find.
order by fiscal_quarter, weeks_before;
