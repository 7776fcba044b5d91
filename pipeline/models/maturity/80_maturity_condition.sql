-- One row per condition of an indicator, quarter and scope (indicator_id, level, kind, figure, fiscal_quarter,
-- scope_kind, scope): what is asked, what there is, and whether it is met, not met or unknown, and why.
create table core.maturity_condition as
with scope as (
    select distinct scope_kind, scope from core.maturity_figure
    union
    select distinct scope_kind, scope from core.maturity_answer
    union
    select 'company', ''
),

asked as (
    select gate.*, quarter.fiscal_quarter, scope.scope_kind, scope.scope
    from meta.maturity_gate gate
    cross join core.maturity_quarter quarter
    cross join scope
),

-- Pay is asked about only where it can't be computed.
computed_already as (
    select distinct asked.indicator_id, asked.fiscal_quarter, asked.scope_kind, asked.scope
    from asked
    join core.maturity_figure figure using (figure, fiscal_quarter, scope_kind, scope)
    where asked.kind = 'computed'
),

held as (
    select
        asked.indicator_id,
        asked.level,
        asked.kind,
        asked.figure,
        asked.words,
        asked.bar,
        asked.threshold,
        asked.compared,
        asked.is_stand_in,
        asked.is_loaded,
        asked.fiscal_quarter,
        asked.scope_kind,
        asked.scope,
        case when asked.kind = 'assessed' then answer.median else figure.value end as value,
        case when asked.kind = 'assessed' then answer.lowest else figure.low end as low,
        case when asked.kind = 'assessed' then answer.highest else figure.high end as high,
        case when asked.kind = 'assessed' then answer.answers else figure.n end as n,
        answer.departments,
        case when asked.kind = 'assessed' then answer.answers / nullif(answer.asked, 0) else figure.coverage end as coverage,
        coalesce(answer.is_enough, false) as is_enough,
        case asked.compared when 'lower bound' then figure.low when 'upper bound' then figure.high else figure.value end
            as held_against
    from asked
    left join core.maturity_answer answer
        on asked.kind = 'assessed'
        and answer.indicator_id = asked.indicator_id
        and answer.fiscal_quarter = asked.fiscal_quarter
        and answer.scope_kind = asked.scope_kind
        and answer.scope = asked.scope
    left join core.maturity_figure figure
        on asked.kind = 'computed'
        and figure.figure = asked.figure
        and figure.fiscal_quarter = asked.fiscal_quarter
        and figure.scope_kind = asked.scope_kind
        and figure.scope = asked.scope
    where not asked.is_stand_in
    or (asked.kind = 'assessed' and (asked.indicator_id, asked.fiscal_quarter, asked.scope_kind, asked.scope)
        not in (select (indicator_id, fiscal_quarter, scope_kind, scope) from computed_already))
    or (asked.kind = 'computed' and (asked.indicator_id, asked.fiscal_quarter, asked.scope_kind, asked.scope)
        in (select (indicator_id, fiscal_quarter, scope_kind, scope) from computed_already))
),

weighed as (
    select
        *,
        case bar
            when 'at least' then value >= threshold
            when 'more than' then value > threshold
            when 'at most' then value <= threshold
        end as value_holds,
        case bar
            when 'at least' then held_against >= threshold
            when 'more than' then held_against > threshold
            when 'at most' then held_against <= threshold
        end as bound_holds
    from held
)

select
    indicator_id,
    level,
    kind,
    figure,
    words,
    bar,
    threshold,
    compared,
    fiscal_quarter,
    scope_kind,
    scope,
    value,
    low,
    high,
    n,
    departments,
    coverage,
    case
        when kind = 'assessed' then case when not is_enough then 'unknown' when value_holds then 'met' else 'not met' end
        when value is null then 'unknown'
        when not value_holds then 'not met'
        when bound_holds then 'met'
        else 'unknown'
    end as state,
    case
        when kind = 'assessed' and n is null then 'nobody answered'
        when kind = 'assessed' and not is_enough then 'too few answers'
        when kind = 'computed' and not is_loaded then 'not loaded'
        when kind = 'computed' and n is null and scope_kind <> 'company' then 'not told below the company'
        when kind = 'computed' and n is null then 'nothing in the quarter'
        when kind = 'computed' and value is null then 'cannot tell'
        when kind = 'computed' and value_holds and not coalesce(bound_holds, false) then 'cannot tell'
    end as reason
from weighed;
