-- Each allocation of sold to billed is one row, and each won and each billed line is allocated whole.
select 'allocation' as what, match_id as key, count(*)::decimal(18, 4) as in_source, 1::decimal(18, 4) as allocated
from marts.fact_billing_match
group by match_id
having count(*) > 1

union all

select 'billed line', bill.invoice_line_id, bill.net_amount, match.amount
from marts.fact_invoice_line bill
left join (
    select invoice_line_id, sum(billed_amount)::decimal(18, 4) as amount
    from marts.fact_billing_match
    where credit_note_id is null
    group by invoice_line_id
) match on match.invoice_line_id = bill.invoice_line_id
where bill.is_billed
and bill.net_amount is not null
and abs(bill.net_amount - match.amount) < 0.0001 is not true

union all

select 'sold line', sold.deal_line_id, sold.net_amount, match.amount
from marts.fact_deal_line sold
left join (
    select deal_line_id, sum(sold_amount)::decimal(18, 4) as amount
    from marts.fact_billing_match
    group by deal_line_id
) match on match.deal_line_id = sold.deal_line_id
where sold.is_won
and sold.net_amount <> 0
and exists (from marts.fact_billing_match)
and abs(sold.net_amount - match.amount) < 0.0001 is not true
limit 200
