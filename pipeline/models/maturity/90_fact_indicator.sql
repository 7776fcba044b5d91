-- One row per indicator, level it gates, quarter and scope (indicator_id, level, fiscal_quarter, scope_kind, scope): met,
-- not met or unknown, with the condition that decides it: where several must hold, the first that does not.
create table marts.fact_indicator as
with ordered as (
    select
        *,
        row_number() over (
            partition by indicator_id, level, fiscal_quarter, scope_kind, scope
            order by
                case state when 'not met' then 0 when 'unknown' then 1 else 2 end,
                kind desc,
                figure
        ) as place
    from core.maturity_condition
)

select
    ordered.indicator_id,
    indicator.domain,
    ordered.level,
    ordered.fiscal_quarter,
    ordered.scope_kind,
    ordered.scope,
    case when ordered.scope_kind = 'region' then ordered.scope end as region,
    case when ordered.scope_kind = 'team' then ordered.scope end as team,
    ordered.kind,
    ordered.figure,
    ordered.words,
    ordered.value,
    ordered.low,
    ordered.high,
    ordered.bar,
    ordered.threshold,
    ordered.compared,
    ordered.n,
    ordered.coverage,
    ordered.state,
    ordered.reason,
    indicator.evidence
from ordered
join meta.maturity_indicator indicator using (indicator_id)
where ordered.place = 1;
