-- One row per file and instant at which it was exported (source_file_id, exported_at): most files have one, those in
-- which nothing had changed since the export before have several. exported_on is the day that counts: the one that was
-- named where only a day is known (which stands as its last second), else the day in the company's time zone.
-- file_name puts files of one instant in order. A file that another replaced is none: the one at the same place, of the
-- same kind and instant, with other content that was loaded later, as when an export was corrected.
create table latest.export as
with instant as (
    select
        source_file_id,
        recognised_as,
        path,
        loaded_at,
        regexp_extract(path, '[^/\\]*$') as file_name,
        unnest(list_distinct(list_append(coalesce(also_exported_at, []), exported_at))) as exported_at
    from raw.source_file
)

select
    source_file_id,
    recognised_as,
    file_name,
    exported_at,
    case
        when strftime(exported_at, '%H:%M:%S') = '23:59:59' then exported_at::date
        else timezone((select time_zone from meta.build), timezone('UTC', exported_at))::date
    end as exported_on
from instant
qualify loaded_at = max(loaded_at) over (partition by path, recognised_as, exported_at);
