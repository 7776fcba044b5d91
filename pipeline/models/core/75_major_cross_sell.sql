-- One row per deal and product family (deal_id, family) of a cross-sell big and new enough to count as a new
-- landing: at least a quarter of what the customer bought in the year before, in a family they never bought.
-- Both thresholds are ours.
create table core.major_cross_sell as
with sold as (
    select
        deal_id,
        account_id,
        closed_on,
        is_won,
        deal_type,
        product_family as family,
        net_amount * least(12 / greatest(coalesce(term_months, 12), 12), 1) as annual_net
    from core.line_at_close
),

asked as (
    select deal_id, account_id, closed_on, family, sum(annual_net) as annual_net
    from sold
    where deal_type = 'cross_sell' and family is not null and account_id is not null
    group by deal_id, account_id, closed_on, family
),

bought as (
    select account_id, closed_on, family, sum(annual_net) as annual_net
    from sold
    where is_won and account_id in (select account_id from asked)
    group by account_id, closed_on, family
)

select asked.deal_id, asked.family
from asked
join bought on bought.account_id = asked.account_id and bought.closed_on < asked.closed_on
group by asked.deal_id, asked.family, asked.closed_on
having
    count(*) filter (bought.family = asked.family) = 0
    and any_value(asked.annual_net)
    >= 0.25 * sum(bought.annual_net) filter (bought.closed_on >= asked.closed_on - interval 12 month);
