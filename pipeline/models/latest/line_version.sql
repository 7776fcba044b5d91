-- One row per stretch of exports in which a line of a deal in latest.deal_version stayed the same (deal_line_id,
-- from_on; half-open to to_on, NULL while it lasts). from_on is NULL for what the first export of a kind shows.
-- first_... are the line's own list as it was first seen, and the quantity and term beside it.
insert into latest.line_version
with shown as (
    select shown.*, export.exported_on, export.exported_at, export.recognised_as
    from raw.deal_line_row shown
    join latest.export export using (source_file_id)
    where shown.deal_id in (select deal_id from latest.deal_version)
),

begun as (
    select export.recognised_as, min(export.exported_on) as first_on
    from raw.source_file_table part
    join latest.export export using (source_file_id)
    where part.table_name = 'deal_line' and part.rows_loaded > 0
    group by export.recognised_as
),

day as (
    select
        deal_line_id,
        exported_on,
        arg_max(shown, (exported_at, source_file_id, source_line)) as line,
        any_value(recognised_as) as recognised_as
    from shown
    group by deal_line_id, exported_on
),

told as (
    select
        deal_line_id,
        exported_on,
        line,
        exported_on > begun.first_on or row_number() over in_order > 1 as is_begun,
        row_number() over in_order as nth,
        row(
            line.deal_id, line.quantity, line.term_months, line.price_period, line.unit_net, line.net_amount,
            line.discount_percent, line.currency
        ) as said,
        first_value(
            case
                when coalesce(nullif(line.unit_list, 0), nullif(line.list_amount, 0)) is not null
                    then {
                        'unit_list': line.unit_list,
                        'list_amount': line.list_amount,
                        'quantity': coalesce(line.quantity, 1),
                        'term': line.term_months,
                        'seen_on': exported_on
                    }
            end ignore nulls
        ) over (
            partition by deal_line_id order by exported_on rows between unbounded preceding and unbounded following
        ) as first_list
    from day
    left join begun using (recognised_as)
    window in_order as (partition by deal_line_id order by exported_on)
),

version as (
    select *, lead(exported_on) over (partition by deal_line_id order by exported_on) as next_on
    from (
        select *, lag(said) over (partition by deal_line_id order by exported_on) as before
        from told
    )
    where nth = 1 or said is distinct from before
)

select
    version.deal_line_id,
    line.deal_id,
    case when is_begun then exported_on end as from_on,
    coalesce(
        next_on,
        case
            when version.deal_line_id not in (select deal_line_id from latest.deal_line) then gone.vanished_on
        end
    ) as to_on,
    coalesce(line.quantity, 1) as quantity,
    line.term_months,
    lower(line.price_period) as price_period,
    line.unit_net,
    line.net_amount,
    line.discount_percent,
    line.currency,
    first_list.unit_list as first_unit_list,
    first_list.list_amount as first_list_amount,
    first_list.quantity as first_quantity,
    first_list.term as first_term,
    first_list.seen_on as first_seen_on
from version
left join latest.vanished gone on gone.table_name = 'deal_line' and gone.key = version.deal_line_id;
