-- A final outcome of the value network leads to no other, or its worth would count again there.
select outcome_id, name
from core.value_place
where is_final and leads_on
order by outcome_id
limit 200
