-- One row per line of reporting (id) that occurs: someone and everyone above them, nearest first, by id and by
-- name. Facts hold the id, since few lines stand behind many deals.
create table core.reporting_line as
select
    reporting_line_id as id,
    any_value(chain) as reports_to,
    any_value(chain_names) as reports_to_names
from core.person_at_close
group by reporting_line_id;
