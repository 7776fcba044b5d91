-- One row per exchange rate that a later export told differently (currency, on_date, rate_set, exported_on).
insert into latest.rate_change
select *
from (
    select
        currency,
        on_date,
        coalesce(lower(rate_set), 'actual') as rate_set,
        exported_on,
        lag(exported_on) over in_order as from_on,
        lag(rate_to_base) over in_order as rate_before,
        rate_to_base as rate_after
    from (
        select rate.currency, rate.on_date, rate.rate_set, export.exported_on, arg_max(rate.rate_to_base, (export.exported_at, export.file_name)) as rate_to_base
        from raw.fx_rate_row rate
        join latest.export export using (source_file_id)
        group by all
    )
    window in_order as (partition by currency, on_date, coalesce(lower(rate_set), 'actual') order by exported_on)
)
where rate_before <> rate_after;
