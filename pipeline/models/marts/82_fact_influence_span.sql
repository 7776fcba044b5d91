-- One row per deal, influence and span while the deal is open (deal_id, influence, span_from; half-open to span_to):
-- who owned the influence, and who had to by the organisation's stage then. Deals of which no influence is recorded
-- are left out: what is not recorded is not known to be unowned. Spans cover each deal's open days exactly, cut
-- where owners or the stage change and where a fiscal quarter begins. Who left the company owns nothing.
create table marts.fact_influence_span as
with today as (
    select data_on + 1 as day from meta.build
),

person_left as (
    select person_id, any_value(active_to) as active_to from core.person group by person_id
),

-- As owner of an influence a customer success manager delivers; on accounts the two stay apart.
held as (
    select
        influence.deal_id,
        lower(trim(influence.influence)) as influence,
        coalesce(influence.person_id, influence.role) as owner_id,
        case
            when coalesce(word.role, replace(lower(trim(influence.role)), ' ', '_')) = 'csm' then 'delivery_manager'
            else coalesce(word.role, replace(lower(trim(influence.role)), ' ', '_'))
        end as role,
        coalesce(influence.valid_from, date '0001-01-01') as held_from,
        least(coalesce(influence.valid_to, date '9999-12-31'), coalesce(person_left.active_to, date '9999-12-31')) as held_to
    from core.deal_influence influence
    left join core.role_word word on word.word = lower(trim(influence.role))
    left join person_left using (person_id)
),

recorded as (
    select deal_id, min(held_from) filter (held_from > date '0001-01-01') as first_held_on
    from held
    group by deal_id
),

-- A deal that opened and closed within a day was open that day.
life as (
    select
        deal_id,
        coalesce(deal.created_on, recorded.first_held_on) as life_from,
        case
            when deal.is_closed then greatest(deal.closed_on, coalesce(deal.created_on, recorded.first_held_on) + 1)
            else today.day
        end as life_to
    from recorded
    join marts.fact_deal deal using (deal_id)
    cross join today
),

cell as (
    select deal_id, influence, life_from, life_to
    from (
        select deal_id, unnest(['tco', 'tco_post_sale', 'value_proposition']) as influence from recorded
        union
        select deal_id, influence from held
    )
    join life using (deal_id)
    where life_from < life_to
),

quarter as (
    select list(starts_on) as starts from meta.fiscal_period where kind = 'quarter'
),

stage as (
    select coalesce(list(from_on), []) as starts from core.organisation_stage
),

cut as (
    select deal_id, influence, life_from as day from cell
    union
    select deal_id, influence, unnest(list_filter(starts, lambda day: day > life_from and day < life_to)) from cell, quarter
    union
    select deal_id, influence, unnest(list_filter(starts, lambda day: day > life_from and day < life_to)) from cell, stage
    union
    select deal_id, influence, held_from
    from held
    join cell using (deal_id, influence)
    where held_from > life_from and held_from < life_to
    union
    select deal_id, influence, held_to
    from held
    join cell using (deal_id, influence)
    where held_to > life_from and held_to < life_to
),

span as (
    select
        deal_id,
        influence,
        day as span_from,
        coalesce(lead(day) over (partition by deal_id, influence order by day), life_to) as span_to
    from cut
    join cell using (deal_id, influence)
),

-- Who delivers may be named on the deal's team, or as owner of an influence.
delivery as (
    select deal_id, min(joined_on) as joined_on
    from (
        select member.deal_id, member.joined_on
        from core.deal_team member
        left join core.role_word word on word.word = lower(trim(member.role))
        where member.deal_id in (select deal_id from recorded)
        and coalesce(word.role, replace(lower(trim(member.role)), ' ', '_')) = 'delivery_manager'
        union all
        select deal_id, held_from from held where role = 'delivery_manager' and held_from > date '0001-01-01'
    )
    group by deal_id
),

owners as (
    select
        span.deal_id,
        span.influence,
        span.span_from,
        list(distinct held.owner_id order by held.owner_id) as owner_ids,
        list(distinct held.role order by held.role) as owner_roles
    from span
    join held
        on held.deal_id = span.deal_id
        and held.influence = span.influence
        and held.held_from <= span.span_from
        and held.held_to > span.span_from
    where held.owner_id is not null
    group by span.deal_id, span.influence, span.span_from
)

select
    span.deal_id,
    deal.deal_name,
    span.influence,
    span.span_from,
    span.span_to,
    span.span_to - span.span_from as days,
    coalesce(deal.is_partner_led, false) as is_partner_led,
    coalesce(len(owners.owner_ids), 0)::integer as owners,
    coalesce(owners.owner_ids, []) as owner_ids,
    coalesce(owners.owner_roles, []) as owner_roles,
    stage.stage,
    required.role as required_role,
    case
        when coalesce(len(owners.owner_ids), 0) = 0 then 'none'
        when len(owners.owner_ids) > 1 then 'several'
        when required.role is null then 'one'
        when owners.owner_roles[1] is distinct from required.role then 'wrong role'
        else 'one'
    end as owned_by,
    -- What the stage asks nobody to own is no cell of clarity.
    required.role is not null as is_required,
    deal.account_id,
    deal.account_name,
    deal.segment,
    deal.industry,
    deal.country,
    deal.account_region,
    deal.region,
    deal.region_today,
    deal.segment_today,
    deal.team,
    deal.rep_id,
    deal.rep_name,
    deal.manager_id,
    deal.manager_name,
    deal.reporting_line_id,
    deal.is_won,
    deal.is_closed,
    deal.closed_on,
    delivery.joined_on as delivery_joined_on,
    fiscal.fiscal_year,
    fiscal.fiscal_quarter
from span
join (
    select fact.*, source.is_partner_led
    from marts.fact_deal fact
    join core.deal source using (deal_id)
    where fact.deal_id in (select deal_id from recorded)
) deal using (deal_id)
left join owners using (deal_id, influence, span_from)
left join delivery using (deal_id)
left join core.organisation_stage stage
    on stage.from_on <= span.span_from and coalesce(stage.to_on, date '9999-12-31') > span.span_from
left join core.required_role required
    on required.stage = stage.stage
    and required.influence = span.influence
    and required.is_partner_led = coalesce(deal.is_partner_led, false)
left join core.fiscal_day fiscal on fiscal.day = span.span_from;
