-- One row per contract and line that it was sold by (subscription_id, deal_line_id), where there are bills: as the one or
-- the other names its counterpart.
create table passing.contract_line as
with bill as (
    select true as is_there from core.invoice_line limit 1
)

select subscription_id, deal_line_id from latest.subscription, bill where deal_line_id is not null
union
select subscription_id, deal_line_id from latest.deal_line, bill where subscription_id is not null;
