-- One row per rep and fiscal month up to the newest export (rep_id, fiscal_month): what the rep closed in it, what
-- their deal mix alone would give, their place in it, and how they were coached. Everything is a sum, so that
-- rates are ratios of sums. Reps are people who own a deal or were coached.
create table marts.fact_rep_month as
with today as (
    select data_on as day from meta.build
),

-- Discretionary is what someone decided; programme what follows a rule. Of lines sold at list nothing is known.
line as (
    select
        line.rep_id,
        line.fiscal_month,
        line.deal_id,
        case
            when line.discount_kind = 'discretionary' then 'discretionary'
            when coalesce(line.discount_kind, 'unknown') = 'unknown' then 'unknown'
            else 'programme'
        end as kind,
        coalesce(line.deal_type, '') as deal_type,
        coalesce(line.segment, '') as segment,
        floor(log2(greatest(any_value(deal.list_amount_base), 1)::double) / 2) as size,
        sum(line.list_amount_base)::decimal(18, 4) as list_amount,
        sum(line.discount_base)::decimal(18, 4) as discount
    from marts.fact_deal_line line
    join marts.fact_deal deal using (deal_id)
    where line.is_won
    and line.list_amount_base is not null
    and line.closed_on <= (select day from today)
    and line.rep_id is not null
    group by all
),

-- Many lines are alike: what others give is worked out once for all of a rep's.
alike as (
    select rep_id, kind, deal_type, segment, size, sum(list_amount) as list_amount, sum(discount) as discount
    from line
    group by rep_id, kind, deal_type, segment, size
),

-- What others give on such lines; the rep's own are left out. Where nobody else has such a line: what others give.
rate_of_others as (
    select
        rep_id,
        kind,
        deal_type,
        segment,
        size,
        (sum(discount) over like_it - discount)::double
            / nullif(sum(list_amount) over like_it - list_amount, 0)::double as rate,
        (sum(discount) over () - sum(discount) over of_rep)::double
            / nullif(sum(list_amount) over () - sum(list_amount) over of_rep, 0)::double as any_rate,
        (sum(discount) over same_kind - sum(discount) over same_kind_of_rep)::double
            / nullif(sum(list_amount) over same_kind - sum(list_amount) over same_kind_of_rep, 0)::double as kind_rate,
        (sum(discount) over any_kind - sum(discount) over any_kind_of_rep)::double
            / nullif(sum(list_amount) over any_kind - sum(list_amount) over any_kind_of_rep, 0)::double as mixed_rate
    from alike
    window
        like_it as (partition by kind, deal_type, segment, size),
        same_kind as (partition by kind),
        same_kind_of_rep as (partition by kind, rep_id),
        any_kind as (partition by deal_type, segment, size),
        any_kind_of_rep as (partition by deal_type, segment, size, rep_id),
        of_rep as (partition by rep_id)
),

others as (
    select *
    from line
    join rate_of_others using (rep_id, kind, deal_type, segment, size)
),

priced as (
    select
        rep_id,
        fiscal_month,
        deal_id,
        sum(list_amount) as list_amount,
        sum(discount) as discount,
        sum(list_amount::double * coalesce(mixed_rate, any_rate)) as expected,
        sum(list_amount) filter (kind = 'discretionary') as discretionary_list,
        sum(discount) filter (kind = 'discretionary') as discretionary_discount,
        sum(list_amount::double * coalesce(rate, kind_rate)) filter (kind = 'discretionary') as discretionary_expected,
        sum(list_amount) filter (kind = 'programme') as programme_list,
        sum(discount) filter (kind = 'programme') as programme_discount,
        sum(list_amount::double * coalesce(rate, kind_rate)) filter (kind = 'programme') as programme_expected
    from others
    group by rep_id, fiscal_month, deal_id
),

-- The sum of squares says how many deals of equal size a rate rests on (Kish 1965, section 11.7). Rounded, since sums
-- of fractions differ in their last digit by the order in which they are added.
price as (
    select
        rep_id,
        fiscal_month,
        count(*) filter (list_amount > 0) as priced_deals,
        sum(list_amount)::decimal(18, 4) as list_amount_base,
        sum(discount)::decimal(18, 4) as discount_base,
        round(sum(expected), 4) as expected_discount,
        round(sum(list_amount::double * list_amount::double)) as list_square,
        count(*) filter (discretionary_list > 0) as discretionary_deals,
        sum(discretionary_list)::decimal(18, 4) as discretionary_list_base,
        sum(discretionary_discount)::decimal(18, 4) as discretionary_discount_base,
        round(sum(discretionary_expected), 4) as discretionary_expected_discount,
        round(sum(discretionary_list::double * discretionary_list::double)) as discretionary_list_square,
        count(*) filter (programme_list > 0) as programme_deals,
        sum(programme_list)::decimal(18, 4) as programme_list_base,
        sum(programme_discount)::decimal(18, 4) as programme_discount_base,
        round(sum(programme_expected), 4) as programme_expected_discount,
        round(sum(programme_list::double * programme_list::double)) as programme_list_square
    from priced
    group by rep_id, fiscal_month
),

closed as (
    select rep_id, fiscal_month, is_won, deal_type, segment, net_amount_base, cycle_days
    from marts.fact_deal
    where is_closed
    and is_won is not null
    and rep_id is not null
    and closed_on <= (select day from today)
),

-- What is known of won deals far more often than of lost ones tells how they ended, not what they were.
told as (
    select
        abs(avg((deal_type is not null)::integer) filter (is_won) - avg((deal_type is not null)::integer) filter (not is_won))
            <= 0.1 as deal_type,
        abs(avg((segment is not null)::integer) filter (is_won) - avg((segment is not null)::integer) filter (not is_won))
            <= 0.1 as segment
    from closed
),

like_deals as (
    select
        closed.*,
        case when told.deal_type then coalesce(closed.deal_type, '') else '' end as like_type,
        case when told.segment then coalesce(closed.segment, '') else '' end as like_segment
    from closed, told
),

like_count as (
    select rep_id, like_type, like_segment, count(*) as deals, count(*) filter (is_won) as won
    from like_deals
    group by rep_id, like_type, like_segment
),

share_of_others as (
    select
        rep_id,
        like_type,
        like_segment,
        (sum(won) over like_it - won) / nullif(sum(deals) over like_it - deals, 0) as share_won,
        (sum(won) over () - sum(won) over of_rep) / nullif(sum(deals) over () - sum(deals) over of_rep, 0) as any_share_won
    from like_count
    window
        like_it as (partition by like_type, like_segment),
        of_rep as (partition by rep_id)
),

chance as (
    select like_deals.*, share_of_others.share_won, share_of_others.any_share_won
    from like_deals
    join share_of_others using (rep_id, like_type, like_segment)
),

deals as (
    select
        rep_id,
        fiscal_month,
        count(*) filter (is_won) as won,
        count(*) filter (not is_won) as lost,
        round(sum(coalesce(share_won, any_share_won)), 9) as expected_won,
        sum(net_amount_base) filter (is_won) as net_amount_base,
        count(cycle_days) as cycles,
        sum(cycle_days) as cycle_days,
        count(*) filter (is_won and deal_type = 'new') as won_new,
        count(*) filter (is_won and deal_type = 'renewal') as won_renewals,
        count(*) filter (is_won and deal_type in ('upsell', 'cross_sell')) as won_expansions
    from chance
    group by rep_id, fiscal_month
),

coached as (
    select
        session.rep_id,
        day.fiscal_month,
        count(*) filter (not is_training) as sessions,
        coalesce(sum(minutes) filter (not is_training), 0)::bigint as coaching_minutes,
        count(*) filter (focus = 'predictive_behaviour') as sessions_on_behaviours,
        count(*) filter (focus = 'trailing_result') as sessions_on_results,
        count(*) filter (focus = 'one_deal') as sessions_on_one_deal,
        count(*) filter (is_training) as trainings,
        coalesce(sum(minutes) filter (is_training), 0)::bigint as training_minutes
    from core.coaching session
    join core.fiscal_day day on day.day = session.held_on
    group by session.rep_id, day.fiscal_month
),

seen as (
    select rep_id, min(least(created_on, closed_on)) as first_on, max(closed_on) filter (is_closed) as last_on
    from marts.fact_deal
    where rep_id is not null
    group by rep_id
    union all
    select rep_id, min(held_on), max(held_on) from core.coaching group by rep_id
),

rep as (
    select
        rep_id,
        max(person.active_from) as active_from,
        max(person.active_to) as active_to,
        min(first_on) as first_on,
        max(last_on) as last_on
    from seen
    left join core.person person on person.person_id = rep_id
    group by rep_id
),

month as (
    select period as fiscal_month, fiscal_year, starts_on, ends_on
    from meta.fiscal_period, today
    where kind = 'month'
    and starts_on <= today.day
    and ends_on > (select min(first) from (
        select min(closed_on) as first from marts.fact_deal where is_closed
        union all
        select min(held_on) from core.coaching
    ))
),

-- The last place within the month: someone who moves during it counts for where they went.
place as (
    select place.*, month.fiscal_month
    from core.person_assignment place
    join month
        on (place.valid_from is null or place.valid_from < month.ends_on)
        and (place.valid_to is null or place.valid_to > month.starts_on)
    semi join rep on rep.rep_id = place.person_id
    qualify row_number() over (
        partition by place.person_id, month.fiscal_month order by place.valid_from desc nulls last
    ) = 1
),

placed as (
    select distinct person_id from core.person_assignment
),

name as (
    select person_id, any_value(name) as name from core.person group by person_id
)

select
    rep.rep_id,
    coalesce(name.name, rep.rep_id) as rep_name,
    month.fiscal_month,
    month.starts_on as month_start,
    month.ends_on as month_end,
    fiscal.fiscal_quarter,
    fiscal.quarter_starts_on as quarter_start,
    month.fiscal_year,
    fiscal.quarter_ends_on <= today.day as quarter_is_over,
    month.ends_on <= today.day as month_is_over,
    place.role,
    place.region,
    place.team,
    place.manager_id,
    coalesce(boss.name, place.manager_id) as manager_name,
    date_diff('month', coalesce(rep.active_from, rep.first_on), month.starts_on) as tenure_months,
    coalesce(deals.won, 0) as won,
    coalesce(deals.lost, 0) as lost,
    deals.expected_won,
    deals.net_amount_base,
    coalesce(deals.cycles, 0) as cycles,
    deals.cycle_days,
    coalesce(deals.won_new, 0) as won_new,
    coalesce(deals.won_renewals, 0) as won_renewals,
    coalesce(deals.won_expansions, 0) as won_expansions,
    price.* exclude (rep_id, fiscal_month),
    coalesce(coached.sessions, 0) as sessions,
    coalesce(coached.coaching_minutes, 0) as coaching_minutes,
    coalesce(coached.sessions_on_behaviours, 0) as sessions_on_behaviours,
    coalesce(coached.sessions_on_results, 0) as sessions_on_results,
    coalesce(coached.sessions_on_one_deal, 0) as sessions_on_one_deal,
    coalesce(coached.trainings, 0) as trainings,
    coalesce(coached.training_minutes, 0) as training_minutes,
    cadence.first_session_on,
    cadence.cadence_from
from rep
cross join today
join month
    on month.ends_on > least(rep.active_from, rep.first_on)
    and (rep.active_to is null or month.starts_on <= greatest(rep.active_to, rep.last_on))
join core.fiscal_day fiscal on fiscal.day = month.starts_on
left join place on place.person_id = rep.rep_id and place.fiscal_month = month.fiscal_month
left join placed on placed.person_id = rep.rep_id
left join deals on deals.rep_id = rep.rep_id and deals.fiscal_month = month.fiscal_month
left join price on price.rep_id = rep.rep_id and price.fiscal_month = month.fiscal_month
left join coached on coached.rep_id = rep.rep_id and coached.fiscal_month = month.fiscal_month
left join core.coaching_cadence cadence on cadence.rep_id = rep.rep_id
left join name on name.person_id = rep.rep_id
left join name boss on boss.person_id = place.manager_id
-- A month in which someone has no place, and did nothing, is no month of theirs.
where placed.person_id is null and month.starts_on <= rep.last_on
or place.person_id is not null
or deals.rep_id is not null
or coached.rep_id is not null;
