-- One row per stretch of the organisation's stage (from_on, half-open to to_on), as the configuration dates it.
create view core.organisation_stage as
with configured as (
    select unnest(from_json(configuration -> 'organisationStage', '[{"stage":"INTEGER","from":"DATE"}]')) as entry
    from meta.build
)

select
    entry.stage as stage,
    entry."from" as from_on,
    lead(entry."from") over (order by entry."from") as to_on
from configured;
