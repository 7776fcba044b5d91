-- Each deal of the sources is one row of the facts.
select (select count(*) from latest.deal) as deals_in_sources, count(*) as deals_in_facts, count(distinct deal_id) as different_ids
from marts.fact_deal
having count(*) <> (select count(*) from latest.deal) or count(distinct deal_id) <> count(*)
