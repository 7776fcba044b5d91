-- One row per line that newly sells a capex-type offer to someone who had bought before (deal_line_id), as far as the
-- source says no motion of it; bought_capex: an offer of that kind was among it. Of all new sales only these are
-- without a motion as yet.
-- Apart by deal_id.
create table core.capex_to_customer as
with asked as (
    select deal_line_id, deal_id, account_id, closed_on
    from core.line_at_close
    where motion is null and deal_type = 'new' and account_id is not null
),

capex as (
    select distinct product_id from core.product where lower(offer_model) = 'capex'
),

first_bought as (
    select
        account_id,
        min(closed_on) as first_on,
        min(closed_on) filter (product_id in (from capex)) as first_capex_on
    from core.line_at_close
    where is_won and account_id in (select account_id from asked)
    group by account_id
)

select asked.deal_line_id, asked.deal_id, coalesce(first_capex_on < asked.closed_on, false) as bought_capex
from asked
join first_bought on first_bought.account_id = asked.account_id and first_on < asked.closed_on;
