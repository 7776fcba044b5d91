-- One row per person and period (rep_id, period_start): a target, with the person's place on its first day.
create table marts.fact_quota as
select
    quota.person_id as rep_id,
    coalesce(person.name, quota.person_id) as rep_name,
    place.region,
    place.team,
    place.manager_id,
    quota.period_start,
    quota.period_end,
    fiscal.fiscal_year,
    fiscal.fiscal_quarter,
    fiscal.fiscal_month,
    quota.amount as quota,
    file.path as source_file,
    quota.source_line
from core.quota quota
left join (select person_id, any_value(name) as name from core.person group by person_id) person using (person_id)
left join core.person_assignment place
    on place.person_id = quota.person_id
    and (place.valid_from is null or place.valid_from <= quota.period_start)
    and (place.valid_to is null or place.valid_to > quota.period_start)
left join core.fiscal_day fiscal on fiscal.day = quota.period_start
left join raw.source_file file on file.source_file_id = quota.source_file_id
qualify row_number() over (partition by quota.person_id, quota.period_start order by place.valid_from desc nulls last) = 1;
