-- One row per figure, quarter and scope (figure, fiscal_quarter, scope_kind, scope): its value, the 95% interval where it
-- is a share of cases counted one by one (Wilson 1927), how many cases, and for which part of what was asked it is known.
create table core.maturity_figure as
with part as (
    select 'account_days_with_one_owner' as figure, * from core.account_days_with_one_owner
    union all by name
    select 'people_with_a_value_finding' as figure, * from core.people_with_a_value_finding
    union all by name
    select 'findings_not_anticipated' as figure, * from core.findings_not_anticipated
    union all by name
    select 'list_price_known' as figure, * from core.list_price_known
    union all by name
    select 'over_limit_approved_before_close' as figure, * from core.over_limit_approved_before_close
    union all by name
    select 'approvals_that_cite_value' as figure, * from core.approvals_that_cite_value
    union all by name
    select 'rfp_shaped' as figure, * from core.rfp_shaped
    union all by name
    select 'pipeline_with_confirmed_value' as figure, * from core.pipeline_with_confirmed_value
    union all by name
    select 'reps_with_profit_in_pay' as figure, * from core.reps_with_profit_in_pay
    union all by name
    select 'reps_coached_in_the_last_month' as figure, * from core.reps_coached_in_the_last_month
    union all by name
    select 'sessions_about_one_deal' as figure, * from core.sessions_about_one_deal
    union all by name
    select 'sessions_on_predictive_behaviour' as figure, * from core.sessions_on_predictive_behaviour
    union all by name
    select 'training_followed_by_coaching' as figure, * from core.training_followed_by_coaching
    union all by name
    select 'kinds_of_loop_closed' as figure, * from core.kinds_of_loop_closed
    union all by name
    select 'deals_with_value_by_outcome' as figure, * from core.deals_with_value_by_outcome
),

scoped as (
    select
        figure,
        fiscal_quarter,
        case when grouping(region) = 0 then 'region' when grouping(team) = 0 then 'team' else 'company' end as scope_kind,
        case when grouping(region) = 0 then region when grouping(team) = 0 then team else '' end as scope,
        -- Sums of fractions differ in their last digit by the order in which they are added.
        round(coalesce(sum(hits), 0) / nullif(sum(cases), 0), 12) as value,
        sum(n)::bigint as n,
        bool_and(cases = n) as is_count,
        sum(cases) / nullif(sum(asked), 0) as coverage
    from part
    group by grouping sets ((figure, fiscal_quarter), (figure, fiscal_quarter, region), (figure, fiscal_quarter, team))
),

-- 1.96: the normal's 97.5% point.
wilson as (
    select
        *,
        (value + 1.96 * 1.96 / (2 * n)) / (1 + 1.96 * 1.96 / n) as centre,
        1.96 / (1 + 1.96 * 1.96 / n) * sqrt(value * (1 - value) / n + 1.96 * 1.96 / (4.0 * n * n)) as reach
    from scoped
    where scope is not null and n > 0 and value between 0 and 1 and is_count
)

select
    scoped.figure,
    scoped.fiscal_quarter,
    scoped.scope_kind,
    scoped.scope,
    scoped.value,
    case when wilson.reach is not null then greatest(0, wilson.centre - wilson.reach) end as low,
    case when wilson.reach is not null then least(1, wilson.centre + wilson.reach) end as high,
    scoped.n,
    scoped.coverage
from scoped
left join wilson using (figure, fiscal_quarter, scope_kind, scope)
where scoped.scope is not null
union all
select figure, fiscal_quarter, scope_kind, scope, value, low, high, n, null
from core.method_figure;
