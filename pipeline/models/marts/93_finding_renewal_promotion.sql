-- One row per contract that comes due within a quarter and was sold at a promotion (finding_id): the discount was for
-- the first term, and is renewed with it unless somebody takes it off. At stake is a year of it at the rate in force.
create view core.finding_renewal_promotion as
with due as (
    select
        contract.subscription_id,
        coalesce(line.account_id, contract.account_id) as account_id,
        contract.renewal_due_on,
        contract.started_on,
        line.deal_id as sold_in,
        line.deal_line_id,
        line.product_name,
        line.rep_id,
        line.discount_base::double as discount,
        line.list_amount_base::double as list,
        (line.discount_base / coalesce(nullif(line.term_months, 0), 12) * 12)::decimal(18, 4) as yearly
    from core.subscription contract
    join core.line_at_close line using (deal_line_id)
    cross join core.finding_horizon horizon
    where line.is_won
    and line.discount_kind = 'promotion'
    and line.discount_base > 0
    and contract.renewal_due_on between horizon.today and horizon.ahead
    and (contract.ended_on is null or contract.ended_on >= contract.renewal_due_on)
    and contract.subscription_id not in (
        select renews_subscription_id from core.subscription where renews_subscription_id is not null
    )
),

-- The customer's open renewal is where it can be talked about.
renewal as (
    select account_id, arg_min(deal_id, (closed_on, deal_id)) as deal_id, arg_min(rep_id, (closed_on, deal_id)) as rep_id
    from marts.fact_deal
    where not is_closed and deal_type in ('renewal', 'mixed')
    group by account_id
)

select
    'renewal_promotion:' || due.subscription_id as finding_id,
    'renewal_promotion' as kind,
    coalesce(renewal.deal_id, due.sold_in) as deal_id,
    due.deal_line_id,
    due.account_id,
    null::varchar as invoice_id,
    coalesce(renewal.rep_id, due.rep_id) as person_id,
    due.yearly as amount_base,
    due.started_on as happened_on,
    due.renewal_due_on as act_by,
    to_json({
        'rate': round(due.discount / due.list * 100, 2),
        'product': due.product_name,
        'contract': due.subscription_id,
        'due': due.renewal_due_on,
        'sold_in': due.sold_in,
        'has_renewal': renewal.deal_id is not null
    })::varchar as facts
from due
left join renewal using (account_id);
