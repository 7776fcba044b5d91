-- Deals as each day's export of each kind showed them (seen: key, recognised_as, exported_on), with what tells how far
-- an export reached.
create temp table seen as
select
    shown.deal_id as key,
    export.recognised_as,
    export.exported_on,
    max(export.exported_at) as exported_at,
    arg_max(shown.created_on, export.exported_at) as created_on,
    arg_max(shown.closed_on, export.exported_at) as closed_on,
    arg_max(coalesce(shown.is_closed or shown.is_won, false), export.exported_at) as is_closed,
    arg_max(shown.owner_id, export.exported_at) as owner_id
from raw.deal_row shown
join latest.export export using (source_file_id)
group by shown.deal_id, export.recognised_as, export.exported_on;
