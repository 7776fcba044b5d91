-- The spans of one customer, person and role do not overlap.
select a.account_id, a.person_id, a.role, a.valid_from, a.valid_to, b.valid_from as other_from, b.valid_to as other_to
from core.account_role a
join core.account_role b
    on a.account_id = b.account_id and a.person_id = b.person_id and a.role = b.role
    and (a.source_file_id, a.source_line) < (b.source_file_id, b.source_line)
    and a.valid_from is not null and b.valid_from is not null
    and a.valid_from < coalesce(b.valid_to, date '9999-12-31')
    and b.valid_from < coalesce(a.valid_to, date '9999-12-31')
limit 200
