-- One row per assessment of an outcome's worth to a persona on a deal (deal_id, outcome_id, persona), in the reporting
-- currency. is_counted says which of them are a deal's recorded value: those of final outcomes, each outcome once,
-- whichever personas speak of it, and of outcomes that lead to each other only one: confirmed by the customer before
-- estimated, then the largest. A final outcome that leads to another one with a worth on the same deal is left out too.
create table core.value_assessed as
with graded as (
    select
        assessment.deal_id,
        assessment.outcome_id,
        assessment.persona,
        assessment.value_amount as value_base,
        case replace(replace(lower(trim(assessment.evidence)), ' ', '_'), '-', '_')
            when 'customer_confirmed' then 'customer_confirmed'
            when 'rep_estimated' then 'rep_estimated'
        end as evidence,
        assessment.assessed_by,
        assessment.assessed_on,
        place.circle,
        place.is_final
    from core.value_assessment assessment
    join core.value_place place using (outcome_id)
),

final as (
    select deal_id, outcome_id, circle from graded where is_final and value_base is not null
),

said_again as (
    select distinct final.deal_id, final.outcome_id
    from final
    join core.value_reach reach on reach.from_outcome_id = final.outcome_id
    join final later on later.deal_id = final.deal_id and later.outcome_id = reach.to_outcome_id
    where later.circle <> final.circle
)

select
    graded.*,
    graded.is_final
    and graded.value_base is not null
    and said_again.deal_id is null
    and row_number() over (
        partition by graded.deal_id, graded.circle, graded.is_final and graded.value_base is not null and said_again.deal_id is null
        order by
            coalesce(graded.evidence = 'customer_confirmed', false) desc,
            graded.evidence is not null desc,
            graded.value_base desc,
            graded.outcome_id,
            graded.persona
    ) = 1 as is_counted
from graded
left join said_again using (deal_id, outcome_id);
