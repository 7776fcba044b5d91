-- Each person has one place at a time.
select a.person_id, a.region, a.valid_from, a.valid_to, b.region as other_region, b.valid_from as other_from
from core.person_assignment a
join core.person_assignment b
    on a.person_id = b.person_id
    and (a.source_file_id, a.source_line) < (b.source_file_id, b.source_line)
    and coalesce(a.valid_from, date '0001-01-01') < coalesce(b.valid_to, date '9999-12-31')
    and coalesce(b.valid_from, date '0001-01-01') < coalesce(a.valid_to, date '9999-12-31')
limit 200
