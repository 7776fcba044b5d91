-- One row per line of a deal and person credited with a part of it (deal_line_id, rep_id): marts.fact_deal_line with its
-- amounts by revenue split and the places of who is credited; lines of deals without such splits stay with the owner.
-- owner_id is the owner in either case. Amounts add up to those of marts.fact_deal_line.
-- Apart by deal_id.
create view marts.fact_credited_line as
select
    line.* replace (
        credit.person_id as rep_id,
        coalesce(person.name, credit.person_id) as rep_name,
        person.manager_id as manager_id,
        person.manager_name as manager_name,
        person.reporting_line_id as reporting_line_id,
        person.team as team,
        case when any_region.is_known then person.region else line.account_region::varchar end as region,
        (line.quantity::decimal(38, 4) * (credit.to_share - credit.from_share))::decimal(18, 4) as quantity,
        ((line.list_amount::decimal(38, 4) * credit.to_share)::decimal(18, 4) - (line.list_amount::decimal(38, 4) * credit.from_share)::decimal(18, 4))::decimal(18, 4) as list_amount,
        ((line.net_amount::decimal(38, 4) * credit.to_share)::decimal(18, 4) - (line.net_amount::decimal(38, 4) * credit.from_share)::decimal(18, 4))::decimal(18, 4) as net_amount,
        ((line.discount::decimal(38, 4) * credit.to_share)::decimal(18, 4) - (line.discount::decimal(38, 4) * credit.from_share)::decimal(18, 4))::decimal(18, 4) as discount,
        ((line.uplift::decimal(38, 4) * credit.to_share)::decimal(18, 4) - (line.uplift::decimal(38, 4) * credit.from_share)::decimal(18, 4))::decimal(18, 4) as uplift,
        ((line.cost_amount::decimal(38, 4) * credit.to_share)::decimal(18, 4) - (line.cost_amount::decimal(38, 4) * credit.from_share)::decimal(18, 4))::decimal(18, 4) as cost_amount,
        ((line.list_amount_base::decimal(38, 4) * credit.to_share)::decimal(18, 4) - (line.list_amount_base::decimal(38, 4) * credit.from_share)::decimal(18, 4))::decimal(18, 4) as list_amount_base,
        ((line.net_amount_base::decimal(38, 4) * credit.to_share)::decimal(18, 4) - (line.net_amount_base::decimal(38, 4) * credit.from_share)::decimal(18, 4))::decimal(18, 4) as net_amount_base,
        ((line.discount_base::decimal(38, 4) * credit.to_share)::decimal(18, 4) - (line.discount_base::decimal(38, 4) * credit.from_share)::decimal(18, 4))::decimal(18, 4) as discount_base,
        ((line.uplift_base::decimal(38, 4) * credit.to_share)::decimal(18, 4) - (line.uplift_base::decimal(38, 4) * credit.from_share)::decimal(18, 4))::decimal(18, 4) as uplift_base,
        ((line.cost_amount_base::decimal(38, 4) * credit.to_share)::decimal(18, 4) - (line.cost_amount_base::decimal(38, 4) * credit.from_share)::decimal(18, 4))::decimal(18, 4) as cost_amount_base
    ),
    line.rep_id as owner_id
from marts.fact_deal_line line
join core.split_credit credit using (deal_id)
join core.deal_day day using (deal_id)
left join core.person_at_close person on person.person_id = credit.person_id and person.day = day.day
cross join core.region_told any_region
union all by name
select line.*, line.rep_id as owner_id
from marts.fact_deal_line line
anti join core.split_credit credit using (deal_id);
