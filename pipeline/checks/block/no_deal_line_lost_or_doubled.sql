-- Each line of the sources is one row of the facts: none lost, none multiplied by a join.
with expected as (
    select (select count(*) from latest.deal_line)
        + (select count(*) from core.deal deal anti join latest.deal_line line on line.deal_id = deal.deal_id where deal.amount is not null)
        as rows
)

select expected.rows as rows_expected, count(*) as rows_in_facts, count(distinct deal_line_id) as different_ids
from marts.fact_deal_line
cross join expected
group by expected.rows
having count(*) <> expected.rows or count(distinct deal_line_id) <> count(*)
