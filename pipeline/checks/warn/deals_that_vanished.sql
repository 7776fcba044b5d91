-- Each deal is still in the exports of its kind. One that is not stays as history; if it was open it counts no more.
select vanished.key as deal_id, deal.name, deal.stage, deal.amount, vanished.last_seen_on, vanished.vanished_on, vanished.how
from latest.vanished vanished
join latest.deal deal on deal.deal_id = vanished.key
where vanished.table_name = 'deal'
order by vanished.vanished_on desc, vanished.key
limit 200
