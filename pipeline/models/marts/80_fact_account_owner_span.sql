-- One row per customer and span (account_id, span_from; half-open to span_to): who owned it. A customer's life runs
-- from its first role or won deal, whichever came first, through the day of the newest export; spans cover it
-- exactly, cut where the owners change, where it first bought, and where a fiscal quarter begins. Whoever has left
-- the company owns nothing. Empty where no export says who owns a customer.
-- Apart by account_id.
create table marts.fact_account_owner_span as
with quarter as (
    select list(starts_on order by starts_on) as starts from meta.fiscal_period where kind = 'quarter'
),

-- Cut at quarters last, when what owners need is known of the few stretches that there are.
inside as (
    select
        stretch,
        account_id,
        is_customer,
        held_from,
        held_to,
        list_filter(starts, lambda day: day > held_from and day < held_to) as cuts
    from passing.owner_stretch
    cross join quarter
),

span as (
    select
        stretch,
        account_id,
        is_customer,
        unnest(list_prepend(held_from, cuts)) as span_from,
        unnest(list_append(cuts, held_to)) as span_to
    from inside
),

-- Contracts are joined by a customer's stretches, which are fewer than its spans.
contract as (
    select
        stretch.stretch,
        contract.net_a_day,
        contract.starts_on,
        contract.ends_on
    from core.contract_span contract
    join passing.owner_stretch stretch
        on stretch.account_id = contract.account_id
        and stretch.held_from < contract.ends_on
        and stretch.held_to > contract.starts_on
    where stretch.is_customer
),

earned as (
    select
        span.stretch,
        span.span_from,
        sum(contract.net_a_day * (least(span.span_to, contract.ends_on) - greatest(span.span_from, contract.starts_on)))
            as revenue,
        sum(contract.net_a_day) filter (contract.ends_on >= span.span_to and contract.starts_on < span.span_to) as net_a_day
    from span
    join contract
        on contract.stretch = span.stretch
        and contract.starts_on < span.span_to
        and contract.ends_on > span.span_from
    group by span.stretch, span.span_from
),

account_at as (
    select *
    from core.account
    where account_id in (select account_id from passing.owner_stretch where is_in_several_places)
    qualify row_number() over (partition by account_id, valid_from order by valid_to desc nulls last) = 1
),

account_version as (
    select *, count(*) over (partition by account_id) = 1 as is_only from account_at
),

placed_on as (
    select
        span.stretch,
        span.span_from,
        account.name,
        account.segment::core.segment as segment,
        account.industry::core.industry as industry,
        account.country::core.country as country,
        account.region::core.region as region
    from span
    join account_version account
        on account.account_id = span.account_id
        and (account.is_only or account.valid_from is null or account.valid_from <= span.span_from)
        and (account.is_only or account.valid_to is null or account.valid_to > span.span_from)
    qualify row_number() over (partition by span.stretch, span.span_from order by account.valid_from desc nulls last) = 1
)

select
    stretch.account_id,
    coalesce(stretch.account_name, placed_on.name, stretch.account_id) as account_name,
    span.span_from,
    span.span_to,
    span.span_to - span.span_from as days,
    stretch.life_from,
    stretch.is_customer,
    span.span_to = (select data_on + 1 from meta.build) as is_current,
    stretch.owners,
    stretch.owned_by,
    stretch.owner_ids,
    stretch.owner_names,
    stretch.rep_id,
    stretch.rep_name,
    stretch.owned_since,
    stretch.names_before,
    case when stretch.owned_since = span.span_from then stretch.changes else 0 end as changes,
    stretch.why_none,
    coalesce(earned.revenue, 0)::decimal(18, 4) as revenue_base,
    (coalesce(earned.net_a_day, 0) * 365)::decimal(18, 4) as yearly_base,
    coalesce(stretch.segment, placed_on.segment) as segment,
    coalesce(stretch.industry, placed_on.industry) as industry,
    coalesce(stretch.country, placed_on.country) as country,
    coalesce(stretch.region, placed_on.region) as region,
    fiscal.fiscal_year,
    fiscal.fiscal_quarter
from span
join passing.owner_stretch stretch on stretch.stretch = span.stretch
left join placed_on on placed_on.stretch = span.stretch and placed_on.span_from = span.span_from
left join earned on earned.stretch = span.stretch and earned.span_from = span.span_from
left join core.fiscal_day fiscal on fiscal.day = span.span_from;
