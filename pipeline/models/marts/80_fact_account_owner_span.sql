-- One row per customer and span (account_id, span_from; half-open to span_to): who owned it. A customer's life runs
-- from its first role or won deal, whichever came first, through the day of the newest export; spans cover it
-- exactly, cut where the owners change, where it first bought, and where a fiscal quarter begins. Whoever has left
-- the company owns nothing. Empty where no export says who owns a customer.
create table marts.fact_account_owner_span as
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
    from core.deal
    where is_won and closed_on is not null
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
    and exists (select 1 from core.account_role where role = 'owner')
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

owners as (
    select account_id, held_from, list(person_id order by person_id) as owner_ids, list(name order by person_id) as owner_names
    from (
        select distinct stretch.account_id, stretch.held_from, owned.person_id, owned.name
        from stretch
        join owned
            on owned.account_id = stretch.account_id
            and owned.held_from <= stretch.held_from
            and owned.held_to > stretch.held_from
    )
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

quarter as (
    select list(starts_on order by starts_on) as starts from meta.fiscal_period where kind = 'quarter'
),

-- Cut at quarters last, when what owners need is known of the few stretches that there are.
inside as (
    select since.*, list_filter(starts, lambda day: day > held_from and day < held_to) as cuts
    from since
    cross join quarter
),

span as (
    select
        * exclude (held_to, cuts),
        unnest(list_prepend(held_from, cuts)) as span_from,
        unnest(list_append(cuts, held_to)) as span_to
    from inside
),

earned as (
    select
        span.account_id,
        span.span_from,
        sum(contract.net_a_day * (least(span.span_to, contract.ends_on) - greatest(span.span_from, contract.starts_on)))
            as revenue,
        sum(contract.net_a_day) filter (contract.ends_on >= span.span_to and contract.starts_on < span.span_to) as net_a_day
    from (select account_id, span_from, span_to from span where is_customer) span
    join core.contract_span contract
        on contract.account_id = span.account_id
        and contract.starts_on < span.span_to
        and contract.ends_on > span.span_from
    group by span.account_id, span.span_from
),

account_at as (
    select *, count(*) over (partition by account_id) as versions
    from core.account
    qualify row_number() over (partition by account_id, valid_from order by valid_to desc nulls last) = 1
),

-- Most customers have one row, and nothing to choose from.
placed_one as (
    select account_id, name, segment, industry, country, region from account_at where versions = 1
),

placed_on as (
    select span.account_id, span.span_from, account.name, account.segment, account.industry, account.country, account.region
    from (select account_id, span_from from span) span
    join (select * from account_at where versions > 1) account
        on account.account_id = span.account_id
        and (account.valid_from is null or account.valid_from <= span.span_from)
        and (account.valid_to is null or account.valid_to > span.span_from)
    qualify
        row_number() over (partition by span.account_id, span.span_from order by account.valid_from desc nulls last) = 1
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
)

select
    span.account_id,
    coalesce(placed_one.name, placed_on.name, span.account_id) as account_name,
    span.span_from,
    span.span_to,
    span.span_to - span.span_from as days,
    span.life_from,
    span.is_customer,
    span.span_to = today.day as is_current,
    len(span.owner_ids)::integer as owners,
    case len(span.owner_ids) when 0 then 'none' when 1 then 'one' else 'several' end as owned_by,
    span.owner_ids,
    span.owner_names,
    case when len(span.owner_ids) = 1 then span.owner_ids[1] end as rep_id,
    case when len(span.owner_ids) = 1 then span.owner_names[1] end as rep_name,
    span.owned_since,
    span.names_before,
    -- Owners who were not among those before; the first of all is no change.
    case
        when span.owners_before is null or span.owned_since <> span.span_from then 0
        else len(list_filter(span.owner_ids, lambda id: not list_contains(span.owners_before, id)))
    end::integer as changes,
    case
        when len(span.owner_ids) > 0 then null
        when span.owners_before is null then 'never had one'
        when left_by.is_gone then 'owner left'
        else 'owner was reassigned'
    end as why_none,
    coalesce(earned.revenue, 0)::decimal(18, 4) as revenue_base,
    (coalesce(earned.net_a_day, 0) * 365)::decimal(18, 4) as yearly_base,
    coalesce(placed_one.segment, placed_on.segment) as segment,
    coalesce(placed_one.industry, placed_on.industry) as industry,
    coalesce(placed_one.country, placed_on.country) as country,
    coalesce(placed_one.region, placed_on.region) as region,
    fiscal.fiscal_year,
    fiscal.fiscal_quarter
from span
cross join today
left join placed_one using (account_id)
left join placed_on using (account_id, span_from)
left join earned using (account_id, span_from)
left join left_by using (account_id, held_from)
left join core.fiscal_day fiscal on fiscal.day = span.span_from;
