-- One row per deal and activity (deal_id, activity): a renewal, an upsell or a cross-sell, whether the original
-- seller handled it alone, with others or not at all, and in which role its owner stood. Where the source does not
-- say who first sold, it is who won the customer's first deal, if that was new business. Technology, partner and
-- delivery managers help to sell and do not handle the commercial side.
create table marts.fact_handling as
with line as (
    select
        deal_id,
        deal_type as activity,
        sum(net_amount_base)::decimal(18, 4) as net_amount_base,
        sum((net_amount::decimal(38, 4) * actual_rate)::decimal(18, 4))::decimal(18, 4) as net_amount_actual
    from marts.fact_deal_line
    where deal_type in ('renewal', 'upsell', 'cross_sell')
    group by deal_id, deal_type
),

-- "More of the same" or "new sales", by what drives the expansion; features are said to be both (document 002).
growth as (
    select
        deal_id,
        deal_type as activity,
        sum(net_amount_base) filter (driver = 'same')::decimal(18, 4) as same_base,
        sum(net_amount_base) filter (driver = 'new')::decimal(18, 4) as new_base,
        sum(net_amount_base) filter (driver = 'feature')::decimal(18, 4) as feature_base,
        sum(net_amount_base) filter (is_told)::decimal(18, 4) as told_base
    from (
        select
            fact.deal_id,
            fact.deal_type,
            fact.net_amount_base,
            source.upsell_driver is not null as is_told,
            case
                when lower(source.upsell_driver) in ('price', 'consumption', 'users') then 'same'
                when lower(source.upsell_driver) = 'feature' then 'feature'
                when lower(source.upsell_driver) in ('division', 'solution') then 'new'
                when fact.deal_type = 'upsell' then 'same'
                else 'new'
            end as driver
        from marts.fact_deal_line fact
        left join latest.deal_line source using (deal_line_id)
        where fact.deal_type in ('upsell', 'cross_sell')
    )
    group by deal_id, deal_type
),

first_sale as (
    select account_id, arg_min(rep_id, (closed_on, deal_id)) as rep_id, arg_min(deal_type, (closed_on, deal_id)) as deal_type
    from marts.fact_deal
    where is_won and closed_on is not null and rep_id is not null
    group by account_id
),

team as (
    select
        member.deal_id,
        member.person_id,
        coalesce(word.role, replace(lower(trim(member.role)), ' ', '_')) as role
    from core.deal_team member
    left join core.role_word word on word.word = lower(trim(member.role))
    where member.deal_id in (select deal_id from line)
),

commercial as (
    select
        deal_id,
        list(distinct person_id) filter (
            coalesce(role not in ('technology_manager', 'partner_manager', 'delivery_manager'), true)
        ) as people,
        any_value(role) filter (role <> 'owner') as any_role
    from team
    group by deal_id
),

own_role as (
    select team.deal_id, any_value(team.role) as role
    from team
    join marts.fact_deal deal on deal.deal_id = team.deal_id and deal.rep_id = team.person_id
    where team.role <> 'owner'
    group by team.deal_id
),

any_team as (
    select count(*) > 0 as is_known from core.deal_team
),

handled as (
    select
        line.deal_id,
        line.activity,
        line.net_amount_base,
        line.net_amount_actual,
        deal.net_amount_base as contract_base,
        coalesce(deal.original_seller_id, case when first_sale.deal_type = 'new' then first_sale.rep_id end) as seller_id,
        deal.original_seller_id is not null as is_seller_told,
        coalesce(commercial.people, []) as people,
        deal.rep_id as owner_id,
        coalesce(place_word.role, replace(lower(trim(place.role)), ' ', '_'), own_role.role) as owner_role
    from line
    join marts.fact_deal deal using (deal_id)
    join core.deal_day day using (deal_id)
    left join first_sale on first_sale.account_id = deal.account_id
    left join commercial using (deal_id)
    left join own_role using (deal_id)
    left join core.person_at_close place on place.person_id = deal.rep_id and place.day = day.day
    left join core.role_word place_word on place_word.word = lower(trim(place.role))
)

select
    handled.* exclude (people, owner_id),
    any_team.is_known as is_team_known,
    case
        when seller_id is null or owner_id is null then null
        when owner_id = seller_id and len(list_filter(people, lambda id: id <> seller_id)) = 0 then 'alone'
        when owner_id = seller_id or list_contains(people, seller_id) then 'with others'
        else 'not involved'
    end as original_seller,
    growth.same_base,
    growth.new_base,
    growth.feature_base,
    growth.told_base,
    deal.deal_name,
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
    deal.fiscal_year,
    deal.fiscal_quarter,
    deal.fiscal_month
from handled
cross join any_team
join marts.fact_deal deal using (deal_id)
left join growth using (deal_id, activity);
