-- One row per deal (deal_id): the day on which its people, customer and prices are looked up: its close,
-- or today where it is still open and expected to close later, or at no date that is known.
-- Apart by deal_id.
create view core.deal_day as
select
    deal_id,
    owner_id,
    account_id,
    currency,
    price_book,
    deal_type,
    is_closed,
    closed_on,
    case
        when is_closed then closed_on
        else least(closed_on, (select built_on from meta.build))
    end as day
from core.deal;
