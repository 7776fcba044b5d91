-- The spans of a customer's owners cover its life through the newest export once, without a gap.
with span as (
    select
        account_id,
        span_from,
        span_to,
        life_from,
        (select data_on + 1 from meta.build) as life_to,
        lag(span_to) over (partition by account_id order by span_from, span_to) as before_to,
        row_number() over (partition by account_id order by span_from desc, span_to desc) = 1 as is_last
    from marts.fact_account_owner_span
)

select account_id, before_to, span_from, span_to, life_from, life_to
from span
where
    span_to <= span_from
    or span_from <> coalesce(before_to, life_from)
    or (is_last and span_to <> life_to)
limit 200
