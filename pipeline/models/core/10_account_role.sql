-- One row per customer, person, role and span: who held which role. Where dated rows tell who held a role on
-- an account, the undated one of an account export, which only says who holds it today, adds nothing.
create view core.account_role as
with held as (
    select *, valid_from is not null or valid_to is not null as is_dated
    from latest.account_role
)

select
    account_id,
    person_id,
    role,
    valid_from,
    valid_to,
    source_file_id,
    source_line
from held
qualify is_dated or not bool_or(is_dated) over (partition by account_id, role);
