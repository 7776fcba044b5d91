-- One row per deal with revenue splits and person credited (deal_id, person_id): the part of each of its amounts that
-- is theirs, from one share of the whole to another, so that parts rounded by themselves still add up. Overlays credit
-- nobody here, and a deal whose revenue splits do not add up to 100 stays with its owner.
create table core.split_credit as
with share as (
    select deal_id, person_id, sum(split_share) as share
    from core.deal_team
    where is_revenue_split and split_share > 0
    group by deal_id, person_id
),

running as (
    select
        deal_id,
        person_id,
        share,
        sum(share) over so_far as upto,
        sum(share) over (partition by deal_id) as whole
    from share
    window so_far as (partition by deal_id order by share desc, person_id rows unbounded preceding)
)

select
    deal_id,
    person_id,
    ((upto - share)::double / whole::double)::decimal(9, 8) as from_share,
    (upto::double / whole::double)::decimal(9, 8) as to_share
from running
where abs(whole - 100) <= 0.01;
