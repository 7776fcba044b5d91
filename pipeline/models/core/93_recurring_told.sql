-- One row: what all contracts that recur are read from (basis), and the first day on which one is known to have ended.
create table core.recurring_told as
select
    any_value(basis)::enum ('deal line', 'subscription') as basis,
    min(ended_on) filter (ended_on > started_on) as first_ended_on
from core.recurring_contract;
