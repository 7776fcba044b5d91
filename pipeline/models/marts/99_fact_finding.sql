-- One row per finding of this build or of the weeks before (finding_id): something to act on, with what can still be
-- acted on, when it was first and last seen, what became of it where it is gone, and what was decided about it.
-- Seen is told in export days: a build is known by its newest export, since the same files loaded in any order or
-- grouping have to give the same. state: new (not there at the end of the week before), still open, recovered, lapsed,
-- gone; first week where there is no week before to compare with.
create table marts.fact_finding as
with week_before as (
    select max(seen_on) as day from raw.finding_day
),

seen as (
    select
        finding_id,
        min(seen_on) as first_seen_on,
        max(seen_on) as last_seen_on
    from raw.finding_seen
    semi join raw.finding_day using (seen_on)
    group by finding_id
),

ended as (
    select finding_id, outcome from core.finding_ended_deal
    union all
    select finding_id, outcome from core.finding_ended_contract
    union all
    select finding_id, outcome from core.finding_ended_billing
),

finding as (
    select
        now.*,
        coalesce(seen.first_seen_on, build.data_on) as first_seen_on,
        build.data_on as last_seen_on,
        null::date as gone_on,
        case
            when week_before.day is null then 'first week'
            when seen.last_seen_on = week_before.day then 'still open'
            else 'new'
        end as state,
        null::varchar as outcome
    from core.finding_now now
    cross join week_before
    cross join (select data_on from meta.build) build
    left join seen using (finding_id)
    union all by name
    select
        gone.*,
        split_part(coalesce(ended.outcome, 'gone: cannot tell'), ': ', 1) as state,
        split_part(coalesce(ended.outcome, 'gone: cannot tell'), ': ', 2) as outcome
    from core.finding_gone gone
    left join ended using (finding_id)
),

decided as (
    select
        finding_id,
        last.status as status,
        last.decided_by as decided_by,
        decided_at,
        last.note as note
    from (
        select
            finding_id,
            max(decided_at) as decided_at,
            -- One decision as a whole: the note of an earlier one says nothing of the last.
            arg_max(
                {
                    'status': replace(replace(lower(trim(status)), ' ', '_'), '-', '_'),
                    'decided_by': decided_by,
                    'note': note
                },
                coalesce(decided_at, timestamp '1970-01-01')
            ) as last
        from core.finding_status
        group by finding_id
    )
),

account as (
    select
        account_id,
        arg_max(name, coalesce(valid_from, date '0001-01-01')) as name,
        arg_max(segment, coalesce(valid_from, date '0001-01-01')) as segment,
        arg_max(region, coalesce(valid_from, date '0001-01-01')) as region
    from core.account
    where account_id in (select account_id from finding)
    group by account_id
),

person as (
    select
        person_id,
        any_value(name) as name,
        any_value(team) as team,
        any_value(region) as region,
        any_value(manager_id) as manager_id,
        any_value(manager_name) as manager_name,
        any_value(reporting_line_id) as reporting_line_id
    from core.person_at_close
    where day = (select built_on from meta.build)
    group by person_id
)

select
    finding.finding_id,
    finding.kind,
    finding.state,
    finding.state in ('new', 'still open', 'first week') as is_there,
    finding.outcome,
    case when decided.status in ('open', 'accepted', 'done', 'not_a_problem') then decided.status else 'open' end as status,
    decided.decided_by,
    decided.decided_at,
    decided.note,
    finding.amount_base,
    finding.happened_on,
    finding.act_by,
    finding.first_seen_on,
    finding.last_seen_on,
    finding.gone_on,
    finding.deal_id,
    deal.deal_name,
    finding.deal_line_id,
    coalesce(finding.account_id, deal.account_id) as account_id,
    coalesce(deal.account_name::varchar, account.name, finding.account_id) as account_name,
    finding.invoice_id,
    coalesce(deal.segment::varchar, account.segment) as segment,
    coalesce(deal.region::varchar, person.region, account.region) as region,
    coalesce(deal.team::varchar, person.team) as team,
    coalesce(finding.person_id, deal.rep_id::varchar) as rep_id,
    coalesce(
        case when finding.person_id = deal.rep_id::varchar then deal.rep_name::varchar end,
        person.name,
        finding.person_id,
        deal.rep_name::varchar
    ) as rep_name,
    coalesce(
        case when coalesce(finding.person_id, deal.rep_id::varchar) = deal.rep_id::varchar then deal.manager_id::varchar end,
        person.manager_id
    ) as manager_id,
    coalesce(
        case when coalesce(finding.person_id, deal.rep_id::varchar) = deal.rep_id::varchar then deal.manager_name::varchar end,
        person.manager_name
    ) as manager_name,
    coalesce(
        case when coalesce(finding.person_id, deal.rep_id::varchar) = deal.rep_id::varchar then deal.reporting_line_id end,
        person.reporting_line_id
    ) as reporting_line_id,
    fiscal.fiscal_year,
    fiscal.fiscal_quarter,
    fiscal.fiscal_month,
    finding.facts
from finding
left join marts.fact_deal deal on deal.deal_id = finding.deal_id
left join account on account.account_id = finding.account_id
left join person on person.person_id = finding.person_id
left join core.fiscal_day fiscal on fiscal.day = finding.happened_on
left join decided on decided.finding_id = finding.finding_id;
