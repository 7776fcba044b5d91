-- One row per line of a contract that recurs (contract_id): a subscription; where the exports hold none, a line of
-- a won deal with a term and a price per month or year. ended_on is the day after the last; due_on the day on
-- which it has to be renewed. renews_id is the line that it renews: as the source says, or, where the source says
-- it nowhere, the customer's latest line of the same product that ended up to 92 days (ours) before it began; of
-- several that ended on one day, the first by its name.
-- Apart by account_id.
create table core.recurring_contract as
with subscribed as (
    select
        subscription.subscription_id as contract_id,
        coalesce(customer.account_id, subscription.account_id) as account_id,
        subscription.product_id,
        subscription.renews_subscription_id as said_to_renew,
        (select count(renews_subscription_id) = 0 and count(renewal_due_on) > 0 from core.subscription) as may_infer,
        subscription.started_on,
        subscription.ended_on,
        subscription.renewal_due_on as due_on,
        coalesce(line.closed_on, subscription.started_on) as signed_on,
        subscription.quantity,
        coalesce(subscription.currency, (select currency from meta.build)) as currency,
        coalesce(
            subscription.monthly_net,
            case
                when line.currency = coalesce(subscription.currency, (select currency from meta.build))
                    then (line.net_amount / nullif(line.term_months, 0))::decimal(18, 4)
            end
        ) as amount,
        'subscription' as basis
    from core.subscription subscription
    left join core.billed_customer customer on customer.billing_customer_id = subscription.account_id
    left join (
        select deal_line_id, closed_on, currency, net_amount, term_months
        from core.line_at_close
        where deal_line_id in (select deal_line_id from core.subscription)
    ) line on line.deal_line_id = subscription.deal_line_id
    -- Nobody pays for a trial, or for what was never completed.
    where coalesce(lower(subscription.status), '') not in ('trialing', 'incomplete', 'incomplete_expired')
),

sold as (
    select
        line.deal_line_id as contract_id,
        line.account_id,
        line.product_id,
        line.deal_type,
        coalesce(line.service_from, line.closed_on) as started_on,
        (coalesce(line.service_from, line.closed_on) + to_months(round(line.term_months)::integer))::date as due_on,
        line.closed_on as signed_on,
        line.quantity,
        line.currency,
        (line.net_amount / line.term_months)::decimal(18, 4) as amount
    from core.line_at_close line
    where line.is_won
    and line.closed_on is not null
    and line.price_period in ('month', 'year')
    and round(line.term_months) >= 1
    and not exists (from core.subscription)
),

-- A renewal takes the place of what it renews, also where it was signed before that ran out.
from_deals as (
    select
        contract_id,
        account_id,
        product_id,
        null as said_to_renew,
        true as may_infer,
        started_on,
        least(due_on, lead(case when deal_type = 'renewal' then started_on end) over same_product) as ended_on,
        due_on,
        signed_on,
        quantity,
        currency,
        amount,
        'deal line' as basis
    from sold
    window same_product as (partition by account_id, product_id order by started_on, contract_id)
),

contract as (
    from subscribed
    union all by name
    from from_deals
),

ending as (
    select min(contract_id) as contract_id, account_id, product_id, coalesce(ended_on, due_on) as ends_on
    from contract
    where may_infer and coalesce(ended_on, due_on) is not null
    group by account_id, product_id, coalesce(ended_on, due_on)
),

followed as (
    select after.contract_id, before.contract_id as renews_id
    from (from contract where may_infer) after
    asof join ending before
        on before.account_id = after.account_id
        and before.product_id = after.product_id
        and before.ends_on <= after.started_on
    where before.ends_on >= after.started_on - 92
    qualify row_number() over (partition by before.contract_id order by after.started_on, after.contract_id) = 1
)

select
    contract.* exclude (said_to_renew, may_infer),
    coalesce(contract.said_to_renew, followed.renews_id) as renews_id
from contract
left join followed using (contract_id);
