-- One row per deal (deal_id) with everything that is true of all its lines, as of its close (day: the day on which
-- this is looked up); the twins named
-- ..._today say how the same things stand now.
-- Apart by deal_id.
create view core.deal_at_close as
with several as (
    select account_id from core.account group by account_id having count(*) > 1
),

account_on as (
    select day.deal_id, account.*
    from core.deal_day day
    join core.account account
        on account.account_id = day.account_id
        and (account.valid_from is null or account.valid_from <= day.day)
        and (account.valid_to is null or account.valid_to > day.day)
),

-- Most customers have one row, and nothing to choose from.
account_at as (
    select * from account_on where account_id not in (select account_id from several)
    union all
    select *
    from account_on
    where account_id in (select account_id from several)
    qualify row_number() over (partition by deal_id order by valid_from desc nulls last) = 1
),

account_today as (
    select *
    from core.account
    where (valid_from is null or valid_from <= (select built_on from meta.build))
    and (valid_to is null or valid_to > (select built_on from meta.build))
    qualify row_number() over (partition by account_id order by valid_from desc nulls last) = 1
)

select
    deal.deal_id,
    day.day,
    coalesce(deal.name, deal.deal_id) as deal_name,
    deal.account_id,
    coalesce(account.name, deal.account_id) as account_name,
    account.segment::core.segment as segment,
    account.industry::core.industry as industry,
    account.country::core.country as country,
    account.region::core.region as account_region,
    case when any_region.is_known then person.region else account.region end::core.region as region,
    person.team::core.team as team,
    deal.owner_id::core.person_id as rep_id,
    coalesce(person.name, deal.owner_id)::core.person_name as rep_name,
    person.manager_id::core.person_id as manager_id,
    person.manager_name::core.person_name as manager_name,
    person.reporting_line_id,
    case when any_region.is_known then today.region else account_today.region end::core.region as region_today,
    deal.owner_id_today::core.person_id as rep_id_today,
    coalesce(today.name, deal.owner_id_today)::core.person_name as rep_name_today,
    today.team::core.team as team_today,
    today.manager_id::core.person_id as manager_id_today,
    today.manager_name::core.person_name as manager_name_today,
    account_today.segment::core.segment as segment_today,
    deal.type::core.source_type as source_type,
    deal.deal_type::core.deal_type as deal_type,
    deal.channel::core.channel as channel,
    deal.partner_id::core.partner_id as partner_id,
    deal.stage::core.stage as stage,
    deal.forecast_category::core.forecast_category as forecast_category,
    deal.probability,
    case when deal.is_won then true else deal.is_closed end as is_closed,
    deal.is_won,
    deal.created_on,
    deal.closed_on,
    fiscal.fiscal_year,
    fiscal.fiscal_quarter,
    fiscal.fiscal_month,
    deal.currency::core.currency as currency,
    deal.amount,
    deal.price_book::core.price_book as price_book,
    deal.original_seller_id::core.person_id as original_seller_id,
    deal.lost_reason::core.lost_reason as lost_reason,
    deal.vanished_on,
    deal.source_file_id,
    file.path::core.source_file as source_file,
    deal.source_line
from core.deal deal
cross join core.region_told any_region
join core.deal_day day using (deal_id)
left join account_at account using (deal_id)
left join account_today on account_today.account_id = deal.account_id
left join core.person_at_close person on person.person_id = deal.owner_id and person.day = day.day
left join core.person_at_close today
    on today.person_id = deal.owner_id_today and today.day = (select built_on from meta.build)
left join core.fiscal_day fiscal on fiscal.day = deal.closed_on
left join raw.source_file file on file.source_file_id = deal.source_file_id;
