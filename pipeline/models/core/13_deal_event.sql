-- One row per change of a deal (deal_id, happened_at, sequence, field): what its source recorded (source 'history'),
-- and what else changed from one export to the next (source 'exports'; happened_at is then the export that first showed
-- it, after_at the one before).
create view core.deal_event as
select
    deal_id,
    happened_at,
    sequence,
    field,
    old_value,
    new_value,
    'history' as source,
    null::timestamp as after_at,
    source_file_id,
    source_line
from latest.deal_event

union all

select
    deal_id,
    happened_at,
    sequence,
    field,
    old_value,
    new_value,
    'exports' as source,
    after_at,
    source_file_id,
    source_line
from core.exported_change;
