-- One row per deal (deal_id) whose discount is over what its owner could grant alone on the day of its close: on one of
-- its lines where the limit binds lines, on the whole deal where it binds deals. Of limits that fit, the one made for
-- the family and segment counts before the one for all. A limit itself may be granted, and a programme's discount on a
-- line is nobody's grant.
create view core.deal_over_limit as
with least as (
    select
        min(max_rate) filter (binds = 'line') as line_rate,
        min(max_amount) filter (binds = 'line') as line_amount,
        min(max_rate) filter (binds = 'deal') as deal_rate,
        min(max_amount) filter (binds = 'deal') as deal_amount
    from core.approval_limit
),

-- What is within the strictest limit is within every other.
sold as (
    select
        line.deal_id,
        line.product_family as family,
        place.role,
        line.segment,
        line.closed_on,
        line.discount_base::double as discount,
        line.list_amount_base::double as list
    from core.line_at_close line
    cross join least
    left join core.person_at_close place on place.person_id = line.rep_id and place.day = line.closed_on
    where line.is_closed
    and line.discount_base > 0
    and (
        line.discount_base::double / line.list_amount_base::double * 100 > least.line_rate
        or line.discount_base > least.line_amount
    )
    and coalesce(line.discount_kind, 'unknown') in ('discretionary', 'unknown')
),

-- Many lines share a seller's role, a family and a day: what holds for them is looked up once.
line_rule as (
    select situation.*, approval.max_rate, approval.max_amount
    from (select distinct role, family, segment, closed_on from sold) situation
    join core.approval_limit approval
        on approval.binds = 'line'
        and (approval.role is null or approval.role = situation.role)
        and (approval.product_family is null or approval.product_family = situation.family)
        and (approval.segment is null or approval.segment = situation.segment)
        and (approval.valid_from is null or approval.valid_from <= situation.closed_on)
        and (approval.valid_to is null or approval.valid_to > situation.closed_on)
    qualify rank() over (
        partition by situation.role, situation.family, situation.segment, situation.closed_on
        order by (approval.product_family is not null)::integer + (approval.segment is not null)::integer desc
    ) = 1
),

line_limit as (
    select sold.deal_id, sold.discount / sold.list * 100 as rate, sold.discount, line_rule.max_rate, line_rule.max_amount
    from sold
    join line_rule
        on line_rule.role is not distinct from sold.role
        and line_rule.family is not distinct from sold.family
        and line_rule.segment is not distinct from sold.segment
        and line_rule.closed_on = sold.closed_on
),

whole as (
    select
        deal.deal_id,
        place.role,
        deal.segment,
        deal.closed_on,
        deal.discount_base::double as discount,
        deal.list_amount_base::double as list
    from marts.fact_deal deal
    cross join least
    left join core.person_at_close place on place.person_id = deal.rep_id and place.day = deal.closed_on
    where deal.is_closed
    and deal.discount_base > 0
    and (
        deal.discount_base::double / deal.list_amount_base::double * 100 > least.deal_rate
        or deal.discount_base > least.deal_amount
    )
),

deal_limit as (
    select whole.deal_id, whole.discount / whole.list * 100 as rate, whole.discount, approval.max_rate, approval.max_amount
    from whole
    join core.approval_limit approval
        on approval.binds = 'deal'
        and approval.product_family is null
        and (approval.role is null or approval.role = whole.role)
        and (approval.segment is null or approval.segment = whole.segment)
        and (approval.valid_from is null or approval.valid_from <= whole.closed_on)
        and (approval.valid_to is null or approval.valid_to > whole.closed_on)
    qualify rank() over (partition by whole.deal_id order by (approval.segment is not null)::integer desc) = 1
)

-- Rates are quotients of rounded amounts: a thousandth of a point is no breach.
select deal_id, max(rate) as rate, min(max_rate) as max_rate, min(max_amount) as max_amount
from (select * from line_limit union all select * from deal_limit)
where rate > max_rate + 0.001 or discount > max_amount
group by deal_id;
