-- Lines of deals as each day's export of each kind showed them (seen: key, recognised_as, exported_on).
create temp table seen as
select
    shown.deal_line_id as key,
    export.recognised_as,
    export.exported_on,
    max(export.exported_at) as exported_at,
    any_value(shown.deal_id) as deal_id
from raw.deal_line_row shown
join latest.export export using (source_file_id)
group by shown.deal_line_id, export.recognised_as, export.exported_on;
