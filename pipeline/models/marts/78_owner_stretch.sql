-- One row per customer and stretch of days with the same owners (account_id, held_from; half-open to held_to; stretch, a
-- number by which what follows joins), with who they are, who was before them, and the customer's place where the
-- exports hold one of it. Only the model that follows needs it.
-- Apart by account_id.
create table passing.owner_stretch as
with today as (
    select data_on + 1 as day from meta.build
),

held as (
    select
        role.account_id,
        role.person_id,
        role.role,
        coalesce(role.valid_from, date '0001-01-01') as held_from,
        least(
            coalesce(role.valid_to, date '9999-12-31'),
            case when role.role = 'owner' then coalesce(person.active_to, date '9999-12-31') else date '9999-12-31' end
        ) as held_to
    from core.account_role role
    left join (select person_id, any_value(active_to) as active_to from core.person group by person_id) person
        using (person_id)
),

named as (
    select person_id, any_value(name) as name from core.person where name is not null group by person_id
),

owned as (
    select account_id, person_id, coalesce(named.name, person_id) as name, held_from, held_to
    from held
    left join named using (person_id)
    where role = 'owner' and held_from < held_to
),

bought as (
    select account_id, min(closed_on) as first_won_on
    from marts.fact_deal
    where is_won and closed_on is not null
    and (select is_known from core.owner_told)
    group by account_id
),

-- What is undated says who holds a role, not since when.
met as (
    select account_id, min(held_from) filter (held_from > date '0001-01-01') as first_held_on
    from held
    group by account_id
),

life as (
    select account_id, bought.first_won_on, least(met.first_held_on, bought.first_won_on) as life_from, today.day as life_to
    from bought
    full join met using (account_id)
    cross join today
    where account_id is not null
    and least(met.first_held_on, bought.first_won_on) < today.day
    and (select is_known from core.owner_told)
),

cut as (
    select account_id, life_from as day from life
    union
    select account_id, first_won_on from life where first_won_on > life_from and first_won_on < life_to
    union
    select account_id, held_from from owned join life using (account_id) where held_from > life_from and held_from < life_to
    union
    select account_id, held_to from owned join life using (account_id) where held_to > life_from and held_to < life_to
),

stretch as (
    select
        account_id,
        cut.day as held_from,
        coalesce(lead(cut.day) over (partition by account_id order by cut.day), life.life_to) as held_to,
        coalesce(cut.day >= life.first_won_on, false) as is_customer,
        life.life_from
    from cut
    join life using (account_id)
),

owner_in as (
    select distinct stretch.account_id, stretch.held_from, owned.person_id, owned.name
    from stretch
    join owned
        on owned.account_id = stretch.account_id
        and owned.held_from <= stretch.held_from
        and owned.held_to > stretch.held_from
),

owner_count as (
    select account_id, held_from, any_value(person_id) as person_id, any_value(name) as name, count(*) as owners
    from owner_in
    group by account_id, held_from
),

-- Most stretches have one owner, and nothing to put in order.
owners as (
    select account_id, held_from, [person_id] as owner_ids, [name] as owner_names from owner_count where owners = 1
    union all
    select account_id, held_from, list(person_id order by person_id), list(name order by person_id)
    from owner_in
    semi join (from owner_count where owners > 1) several using (account_id, held_from)
    group by account_id, held_from
),

told as (
    select
        stretch.*,
        coalesce(owners.owner_ids, []) as owner_ids,
        coalesce(owners.owner_names, []) as owner_names,
        last_value(owners.owner_names ignore nulls) over before as names_before,
        last_value(owners.owner_ids ignore nulls) over before as owners_before,
        lag(coalesce(owners.owner_ids, [])) over (partition by stretch.account_id order by stretch.held_from) as owners_then
    from stretch
    left join owners using (account_id, held_from)
    window before as (
        partition by stretch.account_id order by stretch.held_from rows between unbounded preceding and 1 preceding
    )
),

-- Who first bought stays with the same owners: an unbroken stretch may begin before.
since as (
    select
        *,
        max(case when owners_then is distinct from owner_ids then held_from end) over (
            partition by account_id order by held_from
        ) as owned_since
    from told
),

gone as (
    select
        person_id,
        coalesce(any_value(person.active_to), case when count(*) = count(place.valid_to) then max(place.valid_to) end) as gone_on
    from core.person person
    left join core.person_assignment place using (person_id)
    group by person_id
),

left_by as (
    select since.account_id, since.held_from, bool_or(gone.gone_on <= since.owned_since) as is_gone
    from since
    join gone on list_contains(since.owners_before, gone.person_id)
    where len(since.owner_ids) = 0
    group by since.account_id, since.held_from
),

account_count as (
    select
        account_id,
        count(*) as versions,
        any_value(name) as name,
        any_value(segment) as segment,
        any_value(industry) as industry,
        any_value(country) as country,
        any_value(region) as region
    from core.account
    group by account_id
)

select
    row_number() over ()::integer as stretch,
    since.*,
    account.versions > 1 as is_in_several_places,
    case when account.versions = 1 then account.name end as account_name,
    case when account.versions = 1 then account.segment end::core.segment as segment,
    case when account.versions = 1 then account.industry end::core.industry as industry,
    case when account.versions = 1 then account.country end::core.country as country,
    case when account.versions = 1 then account.region end::core.region as region,
    case when len(since.owner_ids) = 1 then since.owner_ids[1] end::core.person_id as rep_id,
    case when len(since.owner_ids) = 1 then since.owner_names[1] end::core.person_name as rep_name,
    len(since.owner_ids)::integer as owners,
    case len(since.owner_ids) when 0 then 'none' when 1 then 'one' else 'several' end::enum ('none', 'one', 'several')
        as owned_by,
    case
        when len(since.owner_ids) > 0 then null
        when since.owners_before is null then 'never had one'
        when left_by.is_gone then 'owner left'
        else 'owner was reassigned'
    end::enum ('never had one', 'owner left', 'owner was reassigned') as why_none,
    -- Owners who were not among those before; the first of all is no change.
    case
        when since.owners_before is null then 0
        else len(list_filter(since.owner_ids, lambda id: not list_contains(since.owners_before, id)))
    end::integer as changes
from since
left join left_by using (account_id, held_from)
left join account_count account using (account_id);
