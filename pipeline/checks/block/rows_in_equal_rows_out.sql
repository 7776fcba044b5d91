-- Every row of every file is loaded, rejected or set aside.
select path, rows_in, rows_loaded, rows_rejected, rows_set_aside
from raw.source_file
where rows_in <> rows_loaded + rows_rejected + rows_set_aside
