-- One row per indicator, quarter and scope (indicator_id, fiscal_quarter, scope_kind, scope): what people said of it, up
-- to the quarter's end and not longer ago than answers count. Somebody who answered twice is heard once, the last time.
create view core.maturity_answer as
with rule as (
    select
        max(value) filter (name = 'minimum_answers') as minimum_answers,
        max(value) filter (name = 'minimum_departments') as minimum_departments,
        max(value) filter (name = 'answers_count_for_quarters')::integer as quarters
    from meta.maturity_rule
),

heard as (
    select
        quarter.fiscal_quarter,
        answer.indicator_id,
        answer.department,
        answer.region,
        answer.team,
        try_cast(trim(answer.level) as integer) as level
    from core.assessment_answer answer
    cross join rule
    join core.maturity_quarter quarter
        on answer.answered_on < quarter.answers_until
        and answer.answered_on >= quarter.answers_until - to_months(3 * rule.quarters)
    qualify row_number() over (
        partition by quarter.fiscal_quarter, answer.indicator_id, answer.respondent_id
        order by answer.answered_on desc, answer.source_line desc
    ) = 1
),

scoped as (
    select
        indicator_id,
        fiscal_quarter,
        case when grouping(region) = 0 then 'region' when grouping(team) = 0 then 'team' else 'company' end as scope_kind,
        case when grouping(region) = 0 then region when grouping(team) = 0 then team else '' end as scope,
        count(level) as answers,
        count(distinct department) filter (level is not null) as departments,
        count(*) as asked,
        median(level)::double as median,
        min(level) as lowest,
        max(level) as highest
    from heard
    where level between 0 and 3 or level is null
    group by grouping sets (
        (indicator_id, fiscal_quarter), (indicator_id, fiscal_quarter, region), (indicator_id, fiscal_quarter, team)
    )
)

select
    scoped.*,
    answers >= rule.minimum_answers and departments >= rule.minimum_departments as is_enough
from scoped
cross join rule
where scope is not null;
