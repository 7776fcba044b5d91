-- One row: whether the exports tell of any customer who owns it.
create table core.owner_told as
select exists (from core.account_role where role = 'owner') as is_known;
