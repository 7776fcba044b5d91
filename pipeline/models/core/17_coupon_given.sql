-- One row per coupon given (redemption_id): its code, what it takes off, and the day after its last. A coupon that
-- repeats ends its months after it was given where nothing says otherwise.
create table core.coupon_given as
select
    given.redemption_id,
    given.coupon_id,
    coalesce(given.promotion_code, given.coupon_id) as code,
    given.account_id,
    given.subscription_id,
    given.invoice_id,
    given.invoice_line_id,
    given.started_on,
    coalesce(
        given.ends_on,
        case when lower(coupon.lasts) = 'repeating' then (given.started_on + to_months(coupon.months::integer))::date end
    ) as ends_on,
    lower(coupon.lasts) as lasts,
    coupon.percent_off,
    coupon.amount_off,
    given.amount,
    given.in_minor_units
from latest.coupon_redemption given
left join latest.coupon coupon using (coupon_id);
