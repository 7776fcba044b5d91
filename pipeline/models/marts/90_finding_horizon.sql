-- One row: how far findings look ahead of the newest export. The spans are ours: what is due within a month can't wait,
-- a quarter is as far as a deal's price is talked about, and who is told of an end two months before can still act.
create view core.finding_horizon as
select
    data_on as today,
    data_on + 30 as soon,
    data_on + 90 as ahead,
    data_on + 60 as ending,
    (
        select ends_on - 1
        from meta.fiscal_period
        where kind = 'quarter' and data_on >= starts_on and data_on < ends_on
    ) as quarter_ends_on
from meta.build;
