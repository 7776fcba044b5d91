-- One row per limit (role, product_family, segment, binds, valid_from): the most discount that somebody may grant
-- alone. A missing role, family or segment means any. Where no export tells, the limits of the configuration hold.
create view core.approval_limit as
select
    role,
    product_family,
    segment,
    max_rate::double as max_rate,
    max_amount::double as max_amount,
    coalesce(lower(binds), 'line') as binds,
    valid_from,
    valid_to
from core.discount_policy
union all
select
    null,
    null,
    null,
    (given ->> '$.rate')::double,
    (given ->> '$.amount')::double,
    coalesce(given ->> '$.binds', 'line'),
    null,
    null
from (select unnest(from_json(configuration -> '$.approvalLimits', '["json"]')) as given from meta.build)
where not exists (select 1 from core.discount_policy);
