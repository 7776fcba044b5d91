-- One row per bill or credit note whose lines can't be read one by one (invoice_id): discounts are lines of their own
-- or stand on the bill as a whole, amounts are in the smallest unit of a currency that only the bill names, or a
-- coupon tells what a discount is. Other bills are not looked at twice.
-- spread is the discount that has to be taken off the lines and stands on none of them. is_reduced says that discount
-- lines only tell what the charges have already lost. Which of these it is, the bill's own total decides.
create table core.bill_to_settle as
with marked as (
    select distinct invoice_id
    from latest.invoice_line
    where line_kind is not null or in_minor_units
    or invoice_line_id in (select invoice_line_id from core.coupon_given)
    or discount_code in (select redemption_id from core.coupon_given)
),

by_coupon as (
    select
        given.invoice_id,
        sum(given.amount * case when given.in_minor_units then smallest_unit(invoice.currency) else 1 end) as discount_amount
    from core.coupon_given given
    join core.invoice invoice using (invoice_id)
    where given.invoice_line_id is null and given.amount > 0
    group by given.invoice_id
),

discounted as (
    select invoice.invoice_id, coalesce(invoice.discount_amount, by_coupon.discount_amount)::decimal(18, 4) as discount_amount
    from core.invoice invoice
    left join by_coupon using (invoice_id)
    where coalesce(invoice.discount_amount, by_coupon.discount_amount) <> 0
),

asked as (
    from marked
    union
    select invoice_id from discounted
),

noted as (
    select credit_note_id, any_value(currency) as currency
    from latest.credit_note_line
    where credit_note_line_id is null
    group by credit_note_id
),

bill as (
    select
        asked.invoice_id,
        asked.invoice_id in (from marked) as is_marked,
        case
            when invoice.invoice_id is not null then 'bill'
            when noted.credit_note_id is not null then 'credit note'
        end as known_as,
        coalesce(
            invoice.currency, known.currency, upper(noted.currency), (select currency from meta.build)
        ) as currency,
        invoice.subtotal,
        invoice.total,
        discounted.discount_amount
    from asked
    left join core.invoice invoice using (invoice_id)
    left join noted on noted.credit_note_id = asked.invoice_id
    left join latest.billing_currency known on known.currency_number = noted.currency
    left join discounted on discounted.invoice_id = asked.invoice_id
),

coupon_of_line as (
    select invoice_line_id, sum(amount) as amount, bool_or(in_minor_units) as in_minor_units
    from core.coupon_given
    where invoice_line_id is not null and amount is not null
    group by invoice_line_id
),

scaled as (
    select
        line.invoice_id,
        coalesce(line.line_kind, 'transaction_line') as line_kind,
        line.list_amount * line_unit as list_amount,
        line.net_amount * line_unit as net_amount,
        coalesce(line.discount_amount * line_unit, coupon.amount * case when coupon.in_minor_units then unit else 1 end) as discount_amount
    from (
        select
            line.*,
            smallest_unit(coalesce(line.currency, bill.currency)) as unit,
            case when line.in_minor_units then smallest_unit(coalesce(line.currency, bill.currency)) else 1 end as line_unit
        from latest.invoice_line line
        join bill using (invoice_id)
    ) line
    left join coupon_of_line coupon on coupon.invoice_line_id = line.invoice_line_id
),

summed as (
    select
        invoice_id,
        sum(coalesce(net_amount, list_amount - coalesce(discount_amount, 0))) filter (line_kind = 'transaction_line') as charged,
        coalesce(sum(coalesce(discount_amount, list_amount - net_amount)) filter (line_kind = 'transaction_line'), 0) as on_charges,
        coalesce(-sum(net_amount) filter (line_kind in ('discount', 'bill_discount')), 0) as on_lines
    from scaled
    group by invoice_id
),

decided as (
    select
        bill.*,
        summed.charged,
        summed.on_charges,
        summed.on_lines,
        summed.on_lines <> 0
        and case
            when summed.charged = coalesce(bill.subtotal, bill.total) then true
            when summed.charged - summed.on_lines = coalesce(bill.subtotal, bill.total) then false
            else summed.on_charges = summed.on_lines
        end as is_reduced
    from bill
    join summed using (invoice_id)
),

weighed as (
    select
        *,
        charged - case when is_reduced then 0 else on_lines end as after_lines,
        case when is_reduced then greatest(on_charges, on_lines) else on_charges + on_lines end as on_all
    from decided
)

select
    invoice_id,
    known_as,
    currency,
    smallest_unit(currency) as unit,
    is_reduced,
    case
        when coalesce(discount_amount, 0) = 0 or charged is null or after_lines = subtotal then 0
        when after_lines - discount_amount = subtotal then discount_amount
        when after_lines - (discount_amount - on_all) = subtotal then discount_amount - on_all
        -- Where the total can't tell, a discount is either on the lines or on the bill, never both.
        when on_all = 0 then discount_amount
        else 0
    end::decimal(18, 4) as spread
from weighed
where is_marked or (
    discount_amount <> 0
    and coalesce(after_lines <> subtotal, true)
    and (on_all = 0 or after_lines - discount_amount = subtotal or after_lines - (discount_amount - on_all) = subtotal)
);
