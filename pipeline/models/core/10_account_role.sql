-- One row per customer, person, role and span: who held which role. Where dated rows tell who held a role on
-- an account, the undated one of an account export, which only says who holds it today, adds nothing.
create table core.account_role as
with held as (
    select * from latest.account_role
),

told as (
    select distinct account_id, role from held where is_dated
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
where is_dated
union all
select
    account_id,
    person_id,
    role,
    valid_from,
    valid_to,
    source_file_id,
    source_line
from held
anti join told on told.account_id is not distinct from held.account_id and told.role is not distinct from held.role
where not is_dated;
