-- A deal has one recorded value, and it is the sum of its counted outcomes to the cent.
with outcome as (
    select deal_id, sum(counted_base) as counted_base, count(*) - count(distinct (outcome_id, persona)) as doubled
    from marts.fact_value_assessment
    group by deal_id
)

select worth.deal_id, any_value(worth.value_base) as value_base, any_value(outcome.counted_base) as counted_base
from marts.fact_deal_value worth
left join outcome using (deal_id)
group by worth.deal_id
having count(*) > 1
or any_value(outcome.doubled) > 0
or (
    any_value(worth.value_source) = 'outcomes'
    and any_value(worth.value_base) is distinct from any_value(outcome.counted_base)
)
order by worth.deal_id
limit 200
