-- One row per fiscal quarter and lead time (fiscal_quarter, weeks_before): the instant at which forecasts are
-- frozen. That is the first moment of a day in the company's time zone: 12, 8, 4, 2 and 1 weeks before the
-- quarter's end, and its first day, which weeks_before calls 13; 0 is the end itself. place numbers the instants
-- in their order, so that the end of one quarter and the first day of the next share one.
create table core.lead_time as
with history as (
    select min(happened_at) as begins
    from (select happened_at from latest.deal_snapshot union all select happened_at from latest.deal_event)
),

first_day as (
    select timezone((select time_zone from meta.build), timezone('UTC', begins))::date as day from history
),

-- A quarter counts where something closed in it; the one under way counts as it is.
closing as (
    select distinct fiscal.fiscal_quarter
    from latest.deal deal
    join core.fiscal_day fiscal on fiscal.day = deal.closed_on
    where deal.is_closed or deal.is_won
),

submitted as (
    select distinct fiscal.fiscal_quarter
    from latest.forecast_submission submission
    join core.fiscal_day fiscal on fiscal.day = submission.period_start
),

-- Where a source keeps no history its exports are the history: how deals stood is known for a week or so after each.
exported as (
    select distinct exported_at from latest.export_day where table_name = 'deal' and taken_as <> 'part'
),

quarter as (
    select
        period as fiscal_quarter,
        fiscal_year,
        starts_on,
        ends_on,
        ends_on <= (select data_on from meta.build) as is_over,
        -- What stood before the history begins is not known.
        coalesce(starts_on >= (select day from first_day), false) as is_recorded
    from meta.fiscal_period
    where kind = 'quarter'
    and starts_on <= (select data_on from meta.build)
    and (ends_on > (select data_on from meta.build) or period in (from closing))
),

lead_time as (
    select
        quarter.*,
        weeks.before as weeks_before,
        case when weeks.before = 13 then starts_on else ends_on - 7 * weeks.before end as as_of,
        timezone('UTC', timezone((select time_zone from meta.build), as_of::timestamp)) as instant
    from quarter
    cross join (select unnest([13, 12, 8, 4, 2, 1, 0]) as before) weeks
),

exported_by as (
    select distinct lead.instant
    from lead_time lead
    join exported
        on exported.exported_at > lead.instant - interval 8 days
        and exported.exported_at <= lead.instant
)

select
    lead.* exclude (is_recorded),
    lead.is_recorded or exported_by.instant is not null as has_history,
    dense_rank() over (order by as_of)::integer as place
from lead_time lead
left join exported_by using (instant)
where as_of <= (select data_on from meta.build)
and (lead.is_recorded or exported_by.instant is not null or fiscal_quarter in (from submitted));
