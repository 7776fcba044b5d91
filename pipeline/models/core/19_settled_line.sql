-- One row per line of a bill that had to be settled (invoice_line_id): amounts in the currency, each discount taken
-- off the lines it is for, in proportion to what they charge and to the smallest unit, where the largest remainders
-- get what is left over. A line that went into others, or belongs to no bill, is not counted.
create table core.settled_line as
with line as (
    select
        line.*,
        bill.known_as,
        bill.is_reduced,
        coalesce(line.currency, bill.currency) as settled_currency,
        smallest_unit(coalesce(line.currency, bill.currency)) as unit,
        case when line.in_minor_units then smallest_unit(coalesce(line.currency, bill.currency)) else 1.0 end as scale,
        coalesce(line.line_kind, 'transaction_line') = 'transaction_line' as is_charge
    from latest.invoice_line line
    join core.bill_to_settle bill using (invoice_id)
),

coupon_of_line as (
    select
        invoice_line_id,
        sum(amount) as amount,
        bool_or(in_minor_units) as in_minor_units,
        min(code) as code,
        max(ends_on) as ends_on
    from core.coupon_given
    where invoice_line_id is not null
    group by invoice_line_id
),

valued as (
    select
        line.* exclude (list_amount, discount_amount, net_amount),
        line.list_amount * line.scale as own_list,
        coalesce(
            line.discount_amount * line.scale,
            coupon.amount * case when coupon.in_minor_units then line.unit else 1 end,
            (line.list_amount - line.net_amount) * line.scale,
            0
        ) as own_discount,
        line.net_amount * line.scale as own_net,
        coalesce(coupon.code, given.code) as coupon_code,
        coalesce(coupon.ends_on, given.ends_on) as coupon_ends_on
    from line
    left join coupon_of_line coupon on coupon.invoice_line_id = line.invoice_line_id
    left join core.coupon_given given on given.redemption_id = line.discount_code
),

placed as (
    select
        *,
        coalesce(own_net, own_list - own_discount) as charged,
        count(*) filter (line_kind = 'subtotal') over above as block,
        last_value(case when is_charge then invoice_line_id end ignore nulls) over above as charge_above,
        last_value(case when is_charge or line_kind = 'subtotal' then coalesce(line_kind, '') end ignore nulls) over above
        = 'subtotal' as is_below_subtotal,
        -- Where nothing takes the bill's discount it is off all there is.
        coalesce(takes_discount, true) or not bool_or(is_charge and coalesce(takes_discount, true)) over (partition by invoice_id)
            as is_reached,
        known_as is null and coalesce(bool_or(line_kind = 'transaction_line') over (partition by invoice_id), false) as is_no_bill
    from valued
    window above as (
        partition by invoice_id order by line_number, source_line rows between unbounded preceding and 1 preceding
    )
),

charge as (
    from placed
    where is_charge
),

discount as (
    select
        invoice_line_id as discount_id,
        invoice_id,
        -charged as amount,
        discounts_line_id,
        line_kind = 'bill_discount' or (discounts_line_id is null and charge_above is null) as is_of_bill,
        charge_above,
        block,
        coalesce(is_below_subtotal, false) as is_below_subtotal,
        coalesce(coupon_code, discount_code) as code
    from placed
    where line_kind in ('discount', 'bill_discount')
    union all
    select 'of the bill ' || invoice_id, invoice_id, spread, null, true, null, null, false, null
    from core.bill_to_settle
    where spread <> 0
),

reached as (
    select discount.discount_id, charge.invoice_line_id
    from discount
    join charge on charge.invoice_line_id = discount.discounts_line_id
    union all
    select discount.discount_id, charge.invoice_line_id
    from discount
    join charge using (invoice_id)
    where discount.discounts_line_id is null
    and case
        when discount.is_of_bill then charge.is_reached
        when discount.is_below_subtotal then charge.block = discount.block - 1
        else charge.invoice_line_id = discount.charge_above
    end
),

-- What a line has left when the discounts that name it are off; the bill's own is shared by that.
left_over as (
    select
        charge.invoice_line_id,
        abs(charge.charged) - coalesce(sum(abs(named.amount) * abs(charge.charged) / nullif(named.charged, 0)), 0) as charged
    from charge
    left join (
        select reached.invoice_line_id, discount.amount, sum(abs(charge.charged)) over (partition by discount.discount_id) as charged
        from discount
        join reached using (discount_id)
        join charge on charge.invoice_line_id = reached.invoice_line_id
        where not discount.is_of_bill and not charge.is_reduced
    ) named on named.invoice_line_id = charge.invoice_line_id
    group by charge.invoice_line_id, charge.charged
),

weighted as (
    select
        discount.*,
        charge.invoice_line_id,
        charge.unit,
        (greatest(coalesce(case when discount.is_of_bill then left_over.charged else abs(charge.charged) end, 0), 0) / charge.unit)::hugeint
            as weight,
        round(abs(discount.amount) / charge.unit)::hugeint as units
    from reached
    join discount using (discount_id)
    join charge on charge.invoice_line_id = reached.invoice_line_id
    join left_over on left_over.invoice_line_id = reached.invoice_line_id
),

shared as (
    select
        *,
        case when sum(weight) over of_discount = 0 then 1 else weight end as share,
        case when sum(weight) over of_discount = 0 then count(*) over of_discount else sum(weight) over of_discount end::hugeint
            as shares
    from weighted
    window of_discount as (partition by discount_id)
),

ranked as (
    select
        *,
        units * share // shares as whole,
        row_number() over (partition by discount_id order by units * share % shares desc, invoice_line_id) as place
    from shared
),

taken as (
    select
        discount_id,
        invoice_line_id,
        code,
        (
            sign(amount) * unit * (
                whole + case when place <= units - sum(whole) over (partition by discount_id) then 1 else 0 end
            )
            -- What is finer than the smallest unit can't be split.
            + case when place = 1 then amount - sign(amount) * units * unit else 0 end
        )::decimal(18, 4) as amount
    from ranked
),

taken_off as (
    select invoice_line_id, sum(amount) as amount, min(code) as code
    from taken
    group by invoice_line_id
)

select
    placed.invoice_line_id,
    placed.invoice_id,
    placed.subscription_id,
    placed.product_id,
    placed.settled_currency as currency,
    placed.period_start,
    placed.period_end,
    placed.quantity,
    (placed.unit_list::decimal(30, 8) * placed.scale)::decimal(18, 8) as unit_list,
    (case
        when not placed.is_charge then 0
        when placed.is_reduced then placed.charged + greatest(placed.own_discount, coalesce(taken_off.amount, 0))
        else coalesce(placed.own_list, placed.charged + placed.own_discount)
    end)::decimal(18, 4) as list_amount,
    (case
        when not placed.is_charge then -placed.charged
        when placed.is_reduced then greatest(placed.own_discount, coalesce(taken_off.amount, 0))
        else placed.own_discount + coalesce(taken_off.amount, 0)
    end)::decimal(18, 4) as discount_amount,
    (case
        when placed.is_reduced or coalesce(taken_off.amount, 0) = 0 then placed.charged
        else coalesce(placed.charged, 0) - taken_off.amount
    end)::decimal(18, 4) as net_amount,
    coalesce(placed.coupon_code, placed.discount_code, taken_off.code) as discount_code,
    coalesce(placed.discount_ends_on, placed.coupon_ends_on) as discount_ends_on,
    placed.is_proration,
    placed.description,
    placed.line_number,
    placed.line_kind,
    placed.discounts_line_id,
    placed.takes_discount,
    placed.in_minor_units,
    placed.source_file_id,
    placed.source_line,
    case
        when placed.is_no_bill then 'no bill'
        when placed.line_kind = 'subtotal' or placed.invoice_line_id in (select discount_id from taken) then 'in others'
        when placed.known_as = 'credit note' then 'credit note'
        else 'bill'
    end as counted_as
from placed
left join taken_off using (invoice_line_id);
