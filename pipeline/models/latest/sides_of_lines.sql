-- Absent lines of deals that an export may not reach (beyond: key, recognised_as, exported_on, side): where all lines of
-- a deal are absent. Where another line of the same deal is there they are gone: no export is cut inside a deal.
create temp table beyond as
select compared.recognised_as, compared.exported_on, compared.key, 'all lines of a deal' as side
from compared
join seen before
    on before.recognised_as = compared.recognised_as
    and before.exported_on = compared.compared_with
    and before.key = compared.key
anti join seen now
    on now.recognised_as = compared.recognised_as
    and now.exported_on = compared.exported_on
    and now.deal_id = before.deal_id
where compared.is_absent;
