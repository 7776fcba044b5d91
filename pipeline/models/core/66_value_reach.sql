-- One row per outcome and outcome that it leads to, at once or through others (from_outcome_id, to_outcome_id). The
-- network may have circles: an outcome on one leads to itself.
create table core.value_reach as
with recursive reach as (
    select from_outcome_id, to_outcome_id
    from core.value_link
    where from_outcome_id is not null and to_outcome_id is not null
    union
    select reach.from_outcome_id, link.to_outcome_id
    from reach
    join core.value_link link on link.from_outcome_id = reach.to_outcome_id
    where link.to_outcome_id is not null
)

select * from reach;
