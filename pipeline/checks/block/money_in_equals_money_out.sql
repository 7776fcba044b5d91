-- Every amount of every file is loaded, rejected or set aside, to the cent.
select file.path, part.table_name, part.money_column, part.money_in, part.money_loaded, part.money_rejected, part.money_set_aside
from raw.source_file_table part
join raw.source_file file using (source_file_id)
where part.rows_in <> part.rows_loaded + part.rows_rejected + part.rows_set_aside
or part.money_in <> part.money_loaded + part.money_rejected + part.money_set_aside
