-- One row per open renewal, due within a quarter, whose owner stands in another role than the one that handles this
-- company's renewals (finding_id): the role of the owners of most renewals that closed, six in ten of ten and more,
-- which is ours. Where no role stands out nobody's is wrong. At stake is the discount on the renewal.
create view core.finding_renewal_role as
with closed as (
    select owner_role, count(*) as deals, sum(count(*)) over () as of_all
    from marts.fact_handling
    where activity = 'renewal' and is_closed and owner_role is not null
    group by owner_role
),

usual as (
    select owner_role as role, deals, of_all
    from closed
    where of_all >= 10 and deals >= 0.6 * of_all
)

select
    'renewal_role:' || handling.deal_id as finding_id,
    'renewal_role' as kind,
    handling.deal_id,
    null::varchar as deal_line_id,
    deal.account_id,
    null::varchar as invoice_id,
    deal.rep_id as person_id,
    deal.discount_base as amount_base,
    deal.created_on as happened_on,
    deal.closed_on as act_by,
    to_json({
        'role': handling.owner_role,
        'usual': usual.role,
        'share': round(usual.deals / usual.of_all * 100, 1),
        'n': usual.of_all::bigint,
        'net': deal.net_amount_base::double
    })::varchar as facts
from marts.fact_handling handling
join marts.fact_deal deal using (deal_id)
cross join usual
cross join core.finding_horizon horizon
where handling.activity = 'renewal'
and not deal.is_closed
and deal.closed_on between horizon.today and horizon.ahead
and handling.owner_role <> usual.role
and deal.discount_base > 0;
