-- One row per deal and activity (deal_id, activity): a renewal, an upsell or a cross-sell, whether the original
-- seller handled it alone, with others or not at all, and in which role its owner stood. Where the source does not
-- say who first sold, it is who won the customer's first deal, if that was new business. Technology, partner and
-- delivery managers help to sell and do not handle the commercial side.
-- Apart by deal_id.
create table marts.fact_handling as
with sold as (
    select
        deal_id,
        deal_type,
        net_amount_base,
        case when actual_rate = 1 then net_amount else times(net_amount, actual_rate) end as net_amount_actual,
        deal_type <> 'renewal' as is_growth,
        upsell_driver is not null as is_told,
        -- "More of the same" or "new sales", by what drives the expansion; features are said to be both (document 002).
        case
            when lower(upsell_driver) in ('price', 'consumption', 'users') then 'same'
            when lower(upsell_driver) = 'feature' then 'feature'
            when lower(upsell_driver) in ('division', 'solution') then 'new'
            when deal_type = 'upsell' then 'same'
            else 'new'
        end as driver
    from core.line_at_close
    where deal_type in ('renewal', 'upsell', 'cross_sell')
),

line as (
    select
        deal_id,
        deal_type as activity,
        sum(net_amount_base)::decimal(18, 4) as net_amount_base,
        sum(net_amount_actual)::decimal(18, 4) as net_amount_actual,
        sum(net_amount_base) filter (is_growth and driver = 'same')::decimal(18, 4) as same_base,
        sum(net_amount_base) filter (is_growth and driver = 'new')::decimal(18, 4) as new_base,
        sum(net_amount_base) filter (is_growth and driver = 'feature')::decimal(18, 4) as feature_base,
        sum(net_amount_base) filter (is_growth and is_told)::decimal(18, 4) as told_base
    from sold
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

place as (
    select place.person_id, place.day, coalesce(word.role, replace(lower(trim(place.role)), ' ', '_')) as role
    from core.person_at_close place
    left join core.role_word word on word.word = lower(trim(place.role))
    where place.role is not null
),

handled as (
    select
        deal.*,
        line.activity,
        line.net_amount_base as activity_base,
        line.net_amount_actual,
        line.same_base,
        line.new_base,
        line.feature_base,
        line.told_base,
        coalesce(deal.original_seller_id, case when first_sale.deal_type = 'new' then first_sale.rep_id end) as seller_id,
        deal.original_seller_id is not null as is_seller_told,
        coalesce(commercial.people, []) as people,
        coalesce(place.role, own_role.role) as owner_role
    from line
    join marts.fact_deal deal using (deal_id)
    join core.deal_day day using (deal_id)
    left join first_sale on first_sale.account_id = deal.account_id
    left join commercial using (deal_id)
    left join own_role using (deal_id)
    left join place on place.person_id = deal.rep_id and place.day = day.day
)

select
    handled.deal_id,
    handled.activity,
    handled.activity_base as net_amount_base,
    handled.net_amount_actual,
    handled.net_amount_base as contract_base,
    handled.seller_id,
    handled.is_seller_told,
    handled.owner_role,
    any_team.is_known as is_team_known,
    case
        when seller_id is null or rep_id is null then null
        when rep_id = seller_id and len(list_filter(people, lambda id: id <> seller_id)) = 0 then 'alone'
        when rep_id = seller_id or list_contains(people, seller_id) then 'with others'
        else 'not involved'
    end::enum ('alone', 'not involved', 'with others') as original_seller,
    handled.same_base,
    handled.new_base,
    handled.feature_base,
    handled.told_base,
    handled.deal_name,
    handled.account_id,
    handled.account_name,
    handled.segment,
    handled.industry,
    handled.country,
    handled.account_region,
    handled.region,
    handled.region_today,
    handled.segment_today,
    handled.team,
    handled.rep_id,
    handled.rep_name,
    handled.manager_id,
    handled.manager_name,
    handled.reporting_line_id,
    handled.is_won,
    handled.is_closed,
    handled.closed_on,
    handled.fiscal_year,
    handled.fiscal_quarter,
    handled.fiscal_month
from handled
cross join any_team;
