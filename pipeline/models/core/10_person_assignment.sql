-- One row per person and span: where they stood. A person with dated places has no use for the undated one
-- that a user export gives, which only says where they stand today; it fills gaps in what the dated rows say.
create view core.person_assignment as
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
from latest.person_assignment
qualify is_dated or not bool_or(is_dated) over (partition by person_id);
