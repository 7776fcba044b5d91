-- One row per quarter and region: customers' days, and those on which exactly one person answered for them.
create view core.account_days_with_one_owner as
select
    quarter.fiscal_quarter,
    span.region,
    null::varchar as team,
    sum(span.days) filter (len(span.owner_ids) = 1) as hits,
    sum(span.days) as cases,
    sum(span.days) as asked,
    count(distinct span.account_id) as n
from marts.fact_account_owner_span span
join core.maturity_quarter quarter on span.span_from >= quarter.starts_on and span.span_from < quarter.ends_on
where span.is_customer
group by quarter.fiscal_quarter, span.region;
