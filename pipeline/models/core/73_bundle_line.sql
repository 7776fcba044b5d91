-- One row per line of a bundle and part that it plays there (deal_line_id, role): a parent, or one of its parts, by the
-- bundle that the product list names. price_on says where the deal's lines carry the bundle's price: on the parent, on
-- the parts, on both (the parent repeats the sum of its parts), or each line has a price of its own. net_amount,
-- list_amount, list_source and cost_amount are what then counts on the line, so that nothing counts twice.
-- Apart by deal_id.
create table core.bundle_line as
with part_of as (
    select product_id::core.product_id as product_id, min(parent_product_id)::varchar as bundle_id
    from core.product
    where parent_product_id <> product_id
    group by product_id
    having min(parent_product_id) = max(parent_product_id)
),

-- What a product is to a bundle; one that is sold in many lines is looked at once here.
role as (
    select product_id, bundle_id, 'part' as role from part_of
    union all
    select distinct try_cast(bundle_id as core.product_id), bundle_id, 'parent' from part_of
),

member as (
    select
        line.deal_line_id,
        line.deal_id,
        role.bundle_id,
        role.role,
        line.currency,
        coalesce(line.net_amount, 0) as net,
        line.net_amount,
        coalesce(line.list_amount, line.list_alone) as list,
        line.list_source,
        line.cost_amount as cost
    from core.line_at_close line
    join role using (product_id)
),

sums as (
    select
        deal_id,
        bundle_id,
        coalesce(sum(net) filter (role = 'parent'), 0) as parent_net,
        coalesce(sum(net) filter (role = 'part'), 0) as part_net,
        coalesce(bool_or(net <> 0) filter (role = 'part'), false) as parts_have_net,
        coalesce(bool_and(net >= 0) filter (role = 'part'), false) as parts_may_share,
        sum(list) filter (role = 'parent') as parent_list,
        sum(list) filter (role = 'part') as part_list,
        any_value(list_source) filter (role = 'parent') as parent_source,
        any_value(list_source) filter (role = 'part') as part_source,
        sum(cost) filter (role = 'parent') as parent_cost,
        sum(cost) filter (role = 'part') as part_cost,
        min(deal_line_id) filter (role = 'parent') as first_parent,
        max(deal_line_id) filter (role = 'part' and net > 0) as last_part
    from member
    group by deal_id, bundle_id
    having count(*) filter (role = 'parent') > 0 and count(*) filter (role = 'part') > 0 and min(currency) = max(currency)
),

-- Of deals only that may hold the same sum twice.
whole as (
    select deal_id, sum(net_amount) as net
    from core.line_at_close
    where deal_id in (select deal_id from sums where parent_net = part_net and parent_net <> 0)
    group by deal_id
),

placed as (
    select
        sums.*,
        case
            when parent_net <> 0 and not parts_have_net then 'parent'
            when parent_net = 0 and parts_have_net then 'parts'
            when parent_net = 0 and parent_list is not null then 'parent'
            -- The same sum twice is one price told twice, unless the deal's own amount holds both.
            when parent_net = part_net and parent_net <> 0
                and not coalesce(abs(deal.amount - whole.net) < abs(deal.amount - (whole.net - parent_net)), false)
                then 'both'
            else 'each'
        end as price_on
    from sums
    left join whole using (deal_id)
    left join core.deal deal using (deal_id)
),

shared as (
    select
        member.*,
        placed.* exclude (deal_id, bundle_id),
        -- The parent's list over the parts by what each was sold at; the last takes what rounding leaves.
        (placed.parent_list::double * member.net::double / nullif(placed.part_net, 0)::double)::decimal(18, 4) as share
    from member
    join placed using (deal_id, bundle_id)
)

select
    deal_line_id,
    deal_id,
    bundle_id,
    role,
    price_on,
    case when role = 'parent' and price_on = 'both' then 0 else net_amount end::decimal(18, 4) as net_amount,
    case
        when price_on = 'each' then list
        when price_on = 'parent' and role = 'part' then null
        when price_on = 'parent' then coalesce(list, case when parent_list is null and deal_line_id = first_parent then part_list end)
        when role = 'parent' then case when part_list is null and not parts_may_share then list end
        when part_list is not null or parent_list is null or not parts_may_share then list
        when deal_line_id = last_part
            then parent_list - coalesce(
                sum(share) filter (role = 'part' and net > 0 and deal_line_id <> last_part)
                    over (partition by deal_id, bundle_id), 0
            )
        when net > 0 then share
    end::decimal(18, 4) as list_amount,
    case when role = 'parent' then coalesce(list_source, part_source) else coalesce(list_source, parent_source) end as list_source,
    case
        when price_on = 'each' then cost
        when price_on = 'parent' and role = 'part' then null
        when price_on = 'parent' then coalesce(cost, case when parent_cost is null and deal_line_id = first_parent then part_cost end)
        when role = 'parent' and part_cost is not null then null
        else cost
    end::decimal(18, 4) as cost_amount
from shared;
