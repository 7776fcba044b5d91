-- Each word for a deal type has a meaning here; set deal_types in holdfast.yaml for those that have none.
select type, count(*) as deals
from core.deal
where type is not null and deal_type is null
group by type
order by deals desc
