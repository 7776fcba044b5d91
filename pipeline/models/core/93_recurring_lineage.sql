-- One row per recurring line that renews another (contract_id): lineage is the first line of its chain of
-- renewals; account_id is whose line it is. A chain that runs in a circle has no first: its lines stay by themselves.
-- Apart by account_id.
create table core.recurring_lineage as
with recursive link as (
    select after.contract_id, after.renews_id
    from core.recurring_contract after
    semi join core.recurring_contract before on before.contract_id = after.renews_id
),

first as (
    select distinct renews_id as contract_id from link
    where renews_id not in (select contract_id from link)
),

chain as (
    select contract_id, contract_id as lineage from first
    union
    select link.contract_id, chain.lineage
    from chain
    join link on link.renews_id = chain.contract_id
)

select chain.contract_id, chain.lineage, contract.account_id
from chain
join core.recurring_contract contract using (contract_id)
where chain.contract_id <> chain.lineage;
