-- One row per deal (deal_id), open or closed, whose discount is over what its owner may grant alone on the day that
-- counts, of the first request for it, else its close or today: on one of its lines where the limit binds lines, on the
-- whole deal where it binds deals. Of limits that fit, the one made for the family and segment counts before the one for
-- all. Whether a limit itself may be granted is a setting. A programme's discount on a line is nobody's grant.
-- excess_base is what the discount is over the limit. rate, max_rate, max_amount, binds and discount are of the part that is
-- furthest over its limit, so that each is told of the same part; highest_rate is that of any part over a limit
-- in percent, NULL where what is passed is in money.
-- Apart by deal_id.
create table core.over_limit as
with least as (
    select
        (select built_on from meta.build) as today,
        (select coalesce((configuration ->> '$.limitInclusive')::boolean, true) from meta.build) as is_inclusive,
        min(max_rate) filter (binds = 'line') as line_rate,
        min(max_amount) filter (binds = 'line') as line_amount,
        min(max_rate) filter (binds = 'deal') as deal_rate,
        min(max_amount) filter (binds = 'deal') as deal_amount
    from core.approval_limit
),

asked as (
    select deal_id, min(requested_on) as day from core.price_exception group by deal_id
),

-- Who sold each deal, in which role when it closed, and the day whose limits count.
seller as (
    select
        deal.deal_id,
        deal.segment,
        place.role,
        coalesce(asked.day, deal.last_day) as day,
        deal.discount_base::double as discount,
        deal.list_amount_base::double as list
    from (
        select *, case when is_closed then closed_on else least(closed_on, least.today) end as last_day
        from marts.fact_deal
        cross join least
    ) deal
    left join asked using (deal_id)
    left join core.person_at_close place on place.person_id = deal.rep_id and place.day = deal.last_day
    where deal.discount_base > 0
),

-- What is within the strictest limit is within every other.
sold as (
    select
        line.deal_line_id,
        line.deal_id,
        line.product_family as family,
        seller.role,
        seller.segment,
        seller.day,
        line.discount_base::double as discount,
        line.list_amount_base::double as list
    from core.line_at_close line
    join seller using (deal_id)
    cross join least
    where line.discount_base > 0
    and (
        line.discount_base::double / line.list_amount_base::double * 100 >= least.line_rate - 0.001
        or line.discount_base >= least.line_amount
    )
    and coalesce(line.discount_kind, 'unknown') in ('discretionary', 'unknown')
),

-- Many lines share a seller's role, a family and a day: what holds for them is looked up once.
line_rule as (
    select situation.*, approval.max_rate, approval.max_amount
    from (select distinct role, family, segment, day from sold) situation
    join core.approval_limit approval
        on approval.binds = 'line'
        and (approval.role is null or approval.role = situation.role)
        and (approval.product_family is null or approval.product_family = situation.family)
        and (approval.segment is null or approval.segment = situation.segment)
        and (approval.valid_from is null or approval.valid_from <= situation.day)
        and (approval.valid_to is null or approval.valid_to > situation.day)
    qualify rank() over (
        partition by situation.role, situation.family, situation.segment, situation.day
        order by (approval.product_family is not null)::integer + (approval.segment is not null)::integer desc
    ) = 1
),

line_limit as (
    select
        sold.deal_line_id as part,
        sold.deal_id,
        sold.discount / sold.list * 100 as rate,
        sold.discount,
        sold.list,
        line_rule.max_rate,
        line_rule.max_amount
    from sold
    join line_rule
        on line_rule.role is not distinct from sold.role
        and line_rule.family is not distinct from sold.family
        and line_rule.segment is not distinct from sold.segment
        and line_rule.day = sold.day
),

whole as (
    select seller.*
    from seller
    cross join least
    where seller.discount / seller.list * 100 >= least.deal_rate - 0.001 or seller.discount >= least.deal_amount
),

deal_limit as (
    select
        null as part,
        whole.deal_id,
        whole.discount / whole.list * 100 as rate,
        whole.discount,
        whole.list,
        approval.max_rate,
        approval.max_amount
    from whole
    join core.approval_limit approval
        on approval.binds = 'deal'
        and approval.product_family is null
        and (approval.role is null or approval.role = whole.role)
        and (approval.segment is null or approval.segment = whole.segment)
        and (approval.valid_from is null or approval.valid_from <= whole.day)
        and (approval.valid_to is null or approval.valid_to > whole.day)
    qualify rank() over (partition by whole.deal_id order by (approval.segment is not null)::integer desc) = 1
),

-- Rates are quotients of rounded amounts: a thousandth of a point is neither a breach nor below the limit.
breach as (
    select
        deal_id,
        part,
        max(rate) as rate,
        max(discount) as discount,
        max(rate) filter (rate > max_rate + 0.001 or (not least.is_inclusive and rate > max_rate - 0.001)) as rate_over,
        -- Of limits that fit alike the strictest counts.
        arg_max(
            { 'rate': max_rate, 'amount': max_amount },
            (excess, coalesce(-max_rate, -101), coalesce(-max_amount, '-infinity'::double))
        ) as most,
        max(excess) as excess
    from (
        select *, greatest(discount - list * max_rate / 100, discount - max_amount) as excess
        from (select * from line_limit union all select * from deal_limit)
    )
    cross join least
    where rate > max_rate + 0.001
    or discount > max_amount
    or (not least.is_inclusive and (rate > max_rate - 0.001 or discount >= max_amount))
    group by deal_id, part
),

furthest as (
    select
        deal_id,
        arg_max(
            {
                'rate': rate,
                'max_rate': most.rate,
                'max_amount': most.amount,
                'binds': case when part is null then 'deal' else 'line' end,
                'discount': discount
            },
            (excess, coalesce(part, ''))
        ) as part
    from breach
    group by deal_id
)

-- A dollar over the limit of a line is over that of the deal as well: the larger of the two sums counts.
select
    breach.deal_id,
    any_value(deal.is_closed) as is_closed,
    any_value(furthest.part).rate as rate,
    any_value(furthest.part).max_rate as max_rate,
    any_value(furthest.part).max_amount as max_amount,
    any_value(furthest.part).binds as binds,
    any_value(furthest.part).discount as discount,
    max(breach.rate_over) as highest_rate,
    greatest(
        coalesce(sum(breach.excess) filter (breach.part is not null), 0),
        coalesce(sum(breach.excess) filter (breach.part is null), 0)
    )::decimal(18, 4) as excess_base
from breach
join furthest using (deal_id)
join marts.fact_deal deal using (deal_id)
group by breach.deal_id;
