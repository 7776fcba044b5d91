-- One row per deal of which several exports tell (deal_id): how the first of them showed it. before_at is the export
-- before that one, which did not hold it yet; where there is none, it may have stood so for long.
insert into latest.deal_first_shown
select
    deal_id,
    exported_at as shown_at,
    (
        select max(before.exported_at)
        from (select distinct recognised_as, exported_at from shown_deal) before
        where before.recognised_as = shown_deal.recognised_as and before.exported_at < shown_deal.exported_at
    ) as before_at,
    stage,
    amount,
    closed_on,
    forecast_category,
    probability,
    owner_id,
    source_file_id,
    source_line
from shown_deal
qualify row_number() over (partition by deal_id order by exported_at) = 1;
