-- One row per domain, quarter and scope (domain, fiscal_quarter, scope_kind, scope): the level reached for sure, the
-- highest that the unknown indicators leave open, and the share met of each level's known indicators.
create table marts.fact_maturity as
with level as (
    select
        domain,
        fiscal_quarter,
        scope_kind,
        scope,
        level,
        count(*) filter (state = 'met') as met,
        count(*) filter (state = 'not met') as not_met,
        count(*) filter (state = 'unknown') as unknown
    from marts.fact_indicator
    group by domain, fiscal_quarter, scope_kind, scope, level
),

climbed as (
    select
        *,
        sum(not_met + unknown) over below as short_of_sure,
        sum(not_met) over below as failed
    from level
    window below as (partition by domain, fiscal_quarter, scope_kind, scope order by level)
)

select
    domain,
    fiscal_quarter,
    scope_kind,
    scope,
    coalesce(max(level) filter (short_of_sure = 0), 0) as level_at_least,
    coalesce(max(level) filter (failed = 0), 0) as level_at_most,
    sum(met::double / nullif(met + not_met, 0)) as score,
    sum(met + not_met)::double / sum(met + not_met + unknown) as coverage,
    sum(met)::bigint as met,
    sum(not_met)::bigint as not_met,
    sum(unknown)::bigint as unknown
from climbed
group by domain, fiscal_quarter, scope_kind, scope;
