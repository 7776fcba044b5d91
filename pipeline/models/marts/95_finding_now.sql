-- One row per finding of this build (finding_id): what every kind of finding has found.
create table core.finding_now as
with found as (
    select * from core.finding_unapproved_open
    union all by name
    select * from core.finding_approval_pending
    union all by name
    select * from core.finding_closed_unapproved
    union all by name
    select * from core.finding_beyond_comparable
    union all by name
    select * from core.finding_renewal_promotion
    union all by name
    select * from core.finding_renewal_role
    union all by name
    select * from core.finding_discount_ending
    union all by name
    select * from core.finding_billing
)

select
    finding_id,
    kind,
    deal_id::varchar as deal_id,
    deal_line_id::varchar as deal_line_id,
    account_id::varchar as account_id,
    invoice_id::varchar as invoice_id,
    person_id::varchar as person_id,
    amount_base::decimal(18, 4) as amount_base,
    happened_on::date as happened_on,
    act_by::date as act_by,
    facts::varchar as facts
from found
where amount_base > 0;
