-- Net of the deal lines is the same in the facts as in the sources' current rows, per currency, to the cent.
with source as (
    select coalesce(line.currency, deal.currency, (select currency from meta.build)) as currency, sum(line.net_amount) as net
    from latest.deal_line line
    left join core.deal deal using (deal_id)
    where line.net_amount is not null
    -- A bundle's parent that repeats the sum of its parts is no money of its own.
    and line.deal_line_id not in (select deal_line_id from core.bundle_line where role = 'parent' and price_on = 'both')
    group by all
    union all
    select deal.currency, sum(deal.amount)
    from core.deal deal
    anti join latest.deal_line line on line.deal_id = deal.deal_id
    group by all
),

fact as (
    select coalesce(fact.currency, (select currency from meta.build)) as currency, sum(fact.net_amount) as net
    from marts.fact_deal_line fact
    -- Nets worked out from prices or periods have no source to compare with.
    anti join (select deal_line_id from latest.deal_line where net_amount is null) worked_out using (deal_line_id)
    group by all
)

select coalesce(source.currency, fact.currency) as currency, source.net as net_in_sources, fact.net as net_in_facts
from (select currency, sum(net) as net from source group by currency) source
full join fact on fact.currency = source.currency
where abs(coalesce(source.net, 0) - coalesce(fact.net, 0)) >= 0.005
