-- The spans of who owns an influence cover a deal's open days once, without a gap.
with span as (
    select
        deal_id,
        influence,
        span_from,
        span_to,
        lag(span_to) over (partition by deal_id, influence order by span_from, span_to) as before_to,
        min(span_from) over (partition by deal_id) as deal_from,
        max(span_to) over (partition by deal_id) as deal_to,
        row_number() over (partition by deal_id, influence order by span_from desc, span_to desc) = 1 as is_last
    from marts.fact_influence_span
)

select deal_id, influence, before_to, span_from, span_to, deal_from, deal_to
from span
where
    span_to <= span_from
    or span_from <> coalesce(before_to, deal_from)
    or (is_last and span_to <> deal_to)
limit 200
