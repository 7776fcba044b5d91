-- One row per person and fiscal quarter (person_id, fiscal_quarter): region and team on the quarter's last day, or on
-- their own last day in it.
create table core.maturity_place as
select quarter.fiscal_quarter, place.person_id, place.region, place.team
from core.maturity_quarter quarter
join core.person_assignment place
    on (place.valid_from is null or place.valid_from < quarter.ends_on)
    and (place.valid_to is null or place.valid_to > quarter.starts_on)
qualify row_number() over (
    partition by place.person_id, quarter.fiscal_quarter
    order by place.valid_to desc nulls first, place.valid_from desc nulls last
) = 1;
