-- One row per open deal, due within a quarter, whose discretionary discount is five points and more above what three
-- in four comparable deals stay below, and whose seller has kept being above comparable deals (finding_id). Comparable
-- are deals won in the year before of the same segment, type and size (thirds by list). A seller's ten and more won
-- deals of that year are compared with the others' in the same place; of all sellers compared, those count whose
-- mean excess survives a false-discovery rate of 10% (one-sided t). So a single deal that stands out by chance is not
-- told of, nor a seller who does once. At stake is what the rate is above that quartile.
-- Source: Benjamini & Hochberg 1995; t to normal and its tail by Abramowitz & Stegun 1964, 26.7.8 and 26.2.17. Ten
-- deals, five points and the quartile are ours.
create table core.finding_beyond_comparable as
with deal as (
    select
        deal_id,
        any_value(rep_id) as rep_id,
        any_value(segment) as segment,
        bool_or(is_won) as is_won,
        if(min(deal_type) = max(deal_type), any_value(deal_type)::varchar, 'mixed') as deal_type,
        sum(list_amount_base)::double as list,
        coalesce(sum(discount_base) filter (discount_kind in ('discretionary', 'unknown')), 0)::double as discount
    from core.line_at_close
    cross join core.finding_horizon horizon
    where list_amount_base > 0
    and rep_id is not null
    and segment is not null
    and deal_type is not null
    and (
        (not is_closed and closed_on between horizon.today and horizon.ahead)
        or (is_won and closed_on > horizon.today - 365 and closed_on <= horizon.today)
    )
    group by deal_id
),

third as (
    select segment, deal_type, quantile_cont(list, [1 / 3, 2 / 3]) as edges
    from deal
    where is_won
    group by segment, deal_type
),

placed as (
    select
        deal.*,
        discount / list as rate,
        (list > edges[1])::integer + (list > edges[2])::integer as size
    from deal
    join third using (segment, deal_type)
),

cell as (
    select
        segment,
        deal_type,
        size,
        count(*) as n,
        sum(rate) as total,
        quantile_cont(rate, 0.5) as middle,
        quantile_cont(rate, 0.75) as upper
    from placed
    where is_won
    group by segment, deal_type, size
),

own as (
    select segment, deal_type, size, rep_id, count(*) as n, sum(rate) as total
    from placed
    where is_won
    group by segment, deal_type, size, rep_id
),

beside as (
    select placed.rep_id, placed.rate - (cell.total - own.total) / (cell.n - own.n) as excess
    from placed
    join cell using (segment, deal_type, size)
    join own using (segment, deal_type, size, rep_id)
    where placed.is_won and cell.n - own.n >= 10
),

seller as (
    select rep_id, count(*) as n, avg(excess) as excess, stddev_samp(excess) / sqrt(count(*)) as error
    from beside
    group by rep_id
    having count(*) >= 10 and stddev_samp(excess) > 0
),

tested as (
    select
        *,
        excess / error as t,
        (1 - 1 / (4.0 * (n - 1))) * (excess / error) / sqrt(1 + (excess / error) ** 2 / (2 * (n - 1))) as z
    from seller
),

chance as (
    select
        * exclude (t, z),
        count(*) over () as looked_at,
        case
            when z <= 0 then 0.5
            else exp(-z * z / 2) / sqrt(2 * pi()) * (
                0.319381530 / (1 + 0.2316419 * z)
                - 0.356563782 / (1 + 0.2316419 * z) ** 2
                + 1.781477937 / (1 + 0.2316419 * z) ** 3
                - 1.821255978 / (1 + 0.2316419 * z) ** 4
                + 1.330274429 / (1 + 0.2316419 * z) ** 5
            )
        end as p
    from tested
),

ranked as (
    select *, row_number() over (order by p, rep_id) as place from chance
),

persistent as (
    select *
    from ranked
    where place <= (select coalesce(max(place) filter (p <= 0.1 * place / looked_at), 0) from ranked)
)

select
    'beyond_comparable:' || placed.deal_id as finding_id,
    'beyond_comparable' as kind,
    placed.deal_id,
    null::varchar as deal_line_id,
    fact.account_id,
    null::varchar as invoice_id,
    fact.rep_id as person_id,
    ((placed.rate - cell.upper) * placed.list)::decimal(18, 4) as amount_base,
    fact.created_on as happened_on,
    fact.closed_on as act_by,
    to_json({
        'rate': round(placed.rate * 100, 2),
        'middle': round(cell.middle * 100, 2),
        'upper': round(cell.upper * 100, 2),
        'n': cell.n,
        'segment': placed.segment,
        'type': placed.deal_type,
        'seller_excess': round(persistent.excess * 100, 2),
        'seller_error': round(persistent.error * 100, 2),
        'seller_deals': persistent.n,
        'sellers': persistent.looked_at
    })::varchar as facts
from placed
join persistent using (rep_id)
join cell using (segment, deal_type, size)
join marts.fact_deal fact using (deal_id)
where not fact.is_closed
and cell.n >= 10
and placed.rate - cell.upper >= 0.05;
