-- One row: whether the exports tell of any person in which region they are.
create table core.region_told as
select coalesce(bool_or(region is not null), false) as is_known from core.person_assignment;
