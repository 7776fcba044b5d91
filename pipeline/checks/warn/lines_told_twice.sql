-- Each deal's lines are told by one kind of export: of two, both count.
select line.deal_id, count(distinct file.recognised_as) as kinds, count(*) as lines, sum(line.net_amount) as net_amount
from latest.deal_line line
join raw.source_file file using (source_file_id)
where (
    select count(distinct fed_by.recognised_as)
    from raw.source_file_table fed
    join raw.source_file fed_by using (source_file_id)
    where fed.table_name = 'deal_line' and fed.rows_loaded > 0
) > 1
group by line.deal_id
having count(distinct file.recognised_as) > 1
order by net_amount desc nulls last, line.deal_id
limit 200
