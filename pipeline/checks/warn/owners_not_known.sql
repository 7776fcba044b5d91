-- Each deal's owner is in the list of people.
select owner_id, count(*) as deals
from core.deal
where owner_id is not null and (select count(*) > 0 from core.person)
and owner_id not in (select person_id from core.person)
group by owner_id
order by deals desc
limit 200
