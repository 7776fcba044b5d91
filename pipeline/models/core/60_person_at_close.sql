-- One row per owner, or person credited with a part, and day (person_id, day) on which a deal of theirs counts, and one with day = today for
-- the hierarchy as it stands, and one for each day on which forecasts are frozen: place, manager, and everyone
-- above them (chain, nearest first, themselves first).
-- Looked up by person_id, day.
create table core.person_at_close as
with recursive asked as (
    select distinct owner_id as person_id, day from core.deal_day where owner_id is not null
    union
    select credit.person_id, deal.day from core.split_credit credit join core.deal_day deal using (deal_id)
    union
    select distinct owner_id_today, (select built_on from meta.build) from core.deal where owner_id_today is not null
    union
    select forecaster.person_id, lead.as_of
    from (
        select owner_id as person_id from core.deal
        union
        select owner_id from latest.deal_snapshot
        union
        select owner_id from latest.deal_first_shown
        union
        select unnest([old_value, new_value]) from core.deal_event where lower(field) in ('owner', 'owner_id')
        union
        select person_id from latest.forecast_submission
    ) forecaster
    cross join (select distinct as_of from core.lead_time) lead
    where forecaster.person_id is not null
),

step as (
    select person_id, day, person_id as at_id, [person_id] as chain
    from asked
    union all
    select step.person_id, step.day, place.manager_id, list_append(step.chain, place.manager_id)
    from step
    join core.person_assignment place
        on place.person_id = step.at_id
        and (place.valid_from is null or place.valid_from <= step.day)
        and (place.valid_to is null or place.valid_to > step.day)
    where place.manager_id is not null
    and not list_contains(step.chain, place.manager_id)
),

whole as (
    select person_id, day, arg_max(chain, len(chain)) as chain
    from step
    group by person_id, day
),

-- Two places at once are a warning; the fact takes one, so that no amount is doubled.
place as (
    select asked.person_id, asked.day, any_value(p.role) as role, any_value(p.team) as team, any_value(p.region) as region
    from asked
    join core.person_assignment p
        on p.person_id = asked.person_id
        and (p.valid_from is null or p.valid_from <= asked.day)
        and (p.valid_to is null or p.valid_to > asked.day)
    group by asked.person_id, asked.day
),

name as (
    select person_id, any_value(name) as name from core.person group by person_id
),

-- Few lines of reporting stand behind many days.
line as (
    select
        chain,
        row_number() over (order by chain)::integer as reporting_line_id,
        list_transform(chain, lambda id: coalesce(all_names.names[id], id)) as chain_names
    from (select distinct chain from whole)
    cross join (select map_from_entries(list((person_id, name))) as names from name where name is not null) all_names
)

select
    whole.person_id,
    whole.day,
    coalesce(name.name, whole.person_id) as name,
    place.role,
    place.team,
    place.region,
    whole.chain[2] as manager_id,
    case when whole.chain[2] is not null then coalesce(boss.name, whole.chain[2]) end as manager_name,
    line.reporting_line_id,
    whole.chain,
    line.chain_names
from whole
join line on line.chain = whole.chain
left join place using (person_id, day)
left join name using (person_id)
left join name boss on boss.person_id = whole.chain[2];
