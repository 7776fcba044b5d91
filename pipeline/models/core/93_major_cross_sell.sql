-- One row per deal and product family (deal_id, family) of a cross-sell big and new enough to count as a new
-- landing: a year of it comes to at least a quarter of what recurred a year with the customer on the evening before
-- the close, in a family they never bought. Where nothing recurred, what they bought in the year before counts in
-- its place; where they bought nothing then either, but did earlier, any amount is enough. Of a customer without any
-- purchase on record it is not known what is new to them. Both thresholds are ours.
-- Apart by deal_id.
create table core.major_cross_sell as
with sold as (
    select
        deal_id,
        account_id,
        closed_on,
        is_won,
        deal_type,
        product_family as family,
        net_amount_base::double * least(12 / greatest(coalesce(term_months, 12), 12), 1) as annual_base
    from core.line_at_close
),

asked as (
    select deal_id, account_id, closed_on, family, sum(annual_base) as annual_base
    from sold
    where deal_type = 'cross_sell' and family is not null and account_id is not null
    group by deal_id, account_id, closed_on, family
),

bought as (
    select account_id, closed_on, family, sum(annual_base) as annual_base
    from sold
    where is_won and account_id in (select account_id from asked)
    group by account_id, closed_on, family
),

new_to_them as (
    select
        asked.deal_id,
        asked.family,
        asked.account_id,
        any_value(asked.annual_base) as annual_base,
        -- What is expected to close later is held against what recurs today.
        least(asked.closed_on, (select data_on from meta.build)) as read_by,
        sum(bought.annual_base) filter (bought.closed_on >= asked.closed_on - interval 12 month) as bought_base
    from asked
    join bought on bought.account_id = asked.account_id and bought.closed_on < asked.closed_on
    group by asked.deal_id, asked.family, asked.account_id, asked.closed_on
    having count(*) filter (bought.family = asked.family) = 0
),

recurred as (
    select account.account_id, account.read_by, sum(12 * contract.amount::double * rate.rate::double) as recurring_base
    from (select distinct account_id, read_by from new_to_them) account
    join core.recurring_contract contract
        on contract.account_id = account.account_id
        and contract.started_on < account.read_by
        and coalesce(contract.ended_on, date '9999-12-31') >= account.read_by
    join core.fiscal_day day on day.day = account.read_by
    join core.recurring_month month on month.fiscal_month = day.fiscal_month
    join core.recurring_rate rate on rate.currency = contract.currency and rate.number = month.number
    group by account.account_id, account.read_by
)

select new_to_them.deal_id, new_to_them.family
from new_to_them
left join recurred using (account_id, read_by)
where annual_base >= 0.25 * coalesce(nullif(recurring_base, 0), bought_base, 0);
