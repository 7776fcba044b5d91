-- One row per person and span: where they stood. A person with dated places has no use for the undated one
-- that a user export gives, which only says where they stand today; it fills gaps in what the dated rows say.
create view core.person_assignment as
with place as (
    select *, valid_from is not null or valid_to is not null as is_dated
    from latest.person_assignment
)
select
    person_id,
    role,
    manager_id,
    team,
    region,
    valid_from,
    valid_to,
    source_file_id,
    source_line
from place
qualify is_dated or not bool_or(is_dated) over (partition by person_id);
