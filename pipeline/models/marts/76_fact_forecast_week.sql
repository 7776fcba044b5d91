-- One row per source, person, place, fiscal quarter and lead time (source, rep_id, manager_id, team, region,
-- fiscal_quarter, weeks_before): the forecast, and later what was won. From source 'deals' a forecast is what was
-- won to date and what was open in commit (or in best case and surer) and due in the quarter, by owner; from
-- 'submissions' it is what the person had submitted by the end of that day. Who submits for a team is compared
-- with all who are at or below them at the close; submitted_counts says that nobody above them submitted for
-- theirs. Actuals are NULL until the quarter is over.
create table marts.fact_forecast_week as
with dealt as (
    select
        fiscal_year,
        fiscal_quarter,
        weeks_before,
        period_start,
        as_of,
        is_over,
        rep_id,
        rep_name,
        manager_id,
        manager_name,
        team,
        region,
        reporting_line_id,
        sum(commit_base) filter (stood = 'won') as won_to_date_base,
        sum(commit_base) filter (stood = 'open') as open_commit_base,
        sum(best_case_base) filter (stood = 'open' and forecast_category = 'most_likely') as open_most_likely_base,
        sum(best_case_base) filter (stood = 'open' and forecast_category = 'best_case') as open_best_case_base,
        sum(amount_base) filter (stood = 'open' and is_due and side <> 'close' and forecast_category = 'pipeline') as open_pipeline_base,
        count(*) filter (stood = 'open' and is_due and side <> 'close') as open_deals,
        sum(commit_base) as commit_base,
        sum(best_case_base) as best_case_base,
        case when is_over then sum(actual_base) end as actual_base,
        count(*) filter (commit_base <> 0 or actual_base <> 0) as deals
    from marts.fact_forecast_deal
    group by
        fiscal_year, fiscal_quarter, weeks_before, period_start, as_of, is_over,
        rep_id, rep_name, manager_id, manager_name, team, region, reporting_line_id
),

-- The last word by the end of the day on which forecasts are frozen.
said as (
    select
        submission.person_id,
        lead.fiscal_quarter,
        lead.weeks_before,
        lead.as_of,
        word.category,
        arg_max(submission.amount, submission.submitted_at) as amount,
        arg_max(coalesce(submission.includes_team, false), submission.submitted_at) as includes_team,
        arg_max(coalesce(submission.is_cumulative, true), submission.submitted_at) as is_cumulative
    from core.forecast_submission submission
    join core.category_word word on word.word = submission.category
    join core.lead_time lead
        on submission.period_start >= lead.starts_on and submission.period_start < lead.ends_on
        and timezone((select time_zone from meta.build), timezone('UTC', submission.submitted_at))::date <= lead.as_of
    where lead.weeks_before > 0
    group by submission.person_id, lead.fiscal_quarter, lead.weeks_before, lead.as_of, word.category
),

submitted as (
    select
        person_id,
        fiscal_quarter,
        weeks_before,
        as_of,
        max(amount) filter (category = 'commit') as commit,
        max(amount) filter (category = 'best_case') as best_case,
        bool_or(includes_team) as includes_team,
        bool_and(is_cumulative) as is_cumulative
    from said
    group by person_id, fiscal_quarter, weeks_before, as_of
),

won as (
    select
        lead.fiscal_quarter,
        lead.weeks_before,
        deal.rep_id,
        deal.reporting_line_id,
        sum(deal.net_amount_base) as actual_base,
        coalesce(sum(deal.net_amount_base) filter (deal.closed_on < lead.as_of), 0) as to_date_base
    from marts.fact_deal deal
    join core.lead_time lead using (fiscal_quarter)
    where deal.is_won and (select count(*) from submitted) > 0
    group by lead.fiscal_quarter, lead.weeks_before, deal.rep_id, deal.reporting_line_id
),

-- What a person, and everyone at or below them, won.
won_below as (
    select fiscal_quarter, weeks_before, person_id, sum(actual_base) as actual_base, sum(to_date_base) as to_date_base
    from (
        select won.* exclude (rep_id), unnest(coalesce(line.reports_to, [won.rep_id])) as person_id
        from won
        left join core.reporting_line line on line.id = won.reporting_line_id
    )
    group by fiscal_quarter, weeks_before, person_id
),

won_alone as (
    select fiscal_quarter, weeks_before, rep_id as person_id, sum(actual_base) as actual_base, sum(to_date_base) as to_date_base
    from won
    group by fiscal_quarter, weeks_before, rep_id
),

compared as (
    select
        submitted.*,
        coalesce(case when includes_team then below.actual_base else alone.actual_base end, 0) as actual_base,
        coalesce(case when includes_team then below.to_date_base else alone.to_date_base end, 0) as to_date_base
    from submitted
    left join won_below below using (fiscal_quarter, weeks_before, person_id)
    left join won_alone alone using (fiscal_quarter, weeks_before, person_id)
)

select
    'deals' as source,
    dealt.*,
    null::decimal(18, 4) as submitted_commit_base,
    null::decimal(18, 4) as submitted_best_case_base,
    null::decimal(18, 4) as submitted_actual_base,
    null::boolean as submitted_counts
from dealt

union all by name

select
    'submissions' as source,
    lead.fiscal_year,
    compared.fiscal_quarter,
    compared.weeks_before,
    lead.starts_on as period_start,
    compared.as_of,
    lead.is_over,
    compared.person_id as rep_id,
    coalesce(person.name, compared.person_id) as rep_name,
    -- Who speaks for a team stands with it, not with those above.
    case when compared.includes_team then compared.person_id else person.manager_id end as manager_id,
    case when compared.includes_team then coalesce(person.name, compared.person_id) else person.manager_name end as manager_name,
    person.team,
    person.region,
    person.reporting_line_id,
    -- A forecast that leaves out what is surer gets it added.
    (compared.commit + case when is_cumulative then 0 else to_date_base end)::decimal(18, 4) as submitted_commit_base,
    (compared.best_case + case when is_cumulative then 0 else to_date_base + coalesce(compared.commit, 0) end)::decimal(18, 4)
        as submitted_best_case_base,
    case when lead.is_over then compared.actual_base end::decimal(18, 4) as submitted_actual_base,
    not exists (
        from submitted above
        where above.fiscal_quarter = compared.fiscal_quarter
        and above.weeks_before = compared.weeks_before
        and above.includes_team
        and above.person_id <> compared.person_id
        and list_contains(person.chain, above.person_id)
    ) as submitted_counts
from compared
join core.lead_time lead using (fiscal_quarter, weeks_before)
left join core.person_at_close person on person.person_id = compared.person_id and person.day = compared.as_of;
