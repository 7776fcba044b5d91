-- One row per outcome that the value network, a link or an assessment names (outcome_id): whether it is final, so that
-- its worth counts as money, and its circle, named by the first of the outcomes that lead to each other. What the
-- source says of an outcome goes before what its links say; a differentiation is what we offer and never final.
create table core.value_place as
with named as (
    select
        outcome_id,
        any_value(name) as name,
        any_value(lower(trim(kind))) as kind,
        bool_or(is_terminal) as is_said_final,
        any_value(personas) as personas
    from core.value_outcome
    where outcome_id is not null
    group by outcome_id
),

known as (
    select outcome_id from named
    union
    select from_outcome_id from core.value_reach
    union
    select to_outcome_id from core.value_reach
    union
    select outcome_id from core.value_assessment where outcome_id is not null
),

circle as (
    select there.from_outcome_id as outcome_id, min(there.to_outcome_id) as first_id
    from core.value_reach there
    join core.value_reach back
        on back.from_outcome_id = there.to_outcome_id and back.to_outcome_id = there.from_outcome_id
    group by there.from_outcome_id
),

placed as (
    select known.outcome_id, least(known.outcome_id, coalesce(circle.first_id, known.outcome_id)) as circle
    from known
    left join circle using (outcome_id)
),

-- Leads on, out of its own circle.
leads_on as (
    select distinct reach.from_outcome_id as outcome_id
    from core.value_reach reach
    join placed here on here.outcome_id = reach.from_outcome_id
    join placed there on there.outcome_id = reach.to_outcome_id
    where there.circle <> here.circle
)

select
    placed.outcome_id,
    coalesce(named.name, placed.outcome_id) as name,
    coalesce(named.kind, 'outcome') as kind,
    named.personas,
    placed.circle,
    leads_on.outcome_id is not null as leads_on,
    coalesce(named.kind, '') <> 'differentiation'
    and coalesce(named.is_said_final, leads_on.outcome_id is null) as is_final
from placed
left join named using (outcome_id)
left join leads_on using (outcome_id);
