-- One row per deal, fiscal quarter and lead time (deal_id, fiscal_quarter, weeks_before; 0 is the quarter's end) at
-- which its history tells how it stood, where it was due in the quarter or was won in it. What the history leaves
-- out is as the deal says today, as far as that can be: not what closing it changed. Only the models that follow
-- need it.
create table passing.deal_state as
with frozen as (
    select * from core.lead_time where has_history
),

-- After a deal's last close nothing of its history matters beyond the end of that quarter.
stretch as (
    select
        moment.deal_id,
        moment.stage,
        moment.amount,
        moment.closed_on,
        moment.probability,
        moment.owner_id,
        coalesce(meaning.is_won, word.category = 'closed', false) as is_won_stage,
        coalesce(meaning.is_lost, false) as is_lost_stage,
        moment.is_gone,
        case
            when moment.forecast_category is not null then word.category
            else meaning.category
        end as category,
        case
            when moment.forecast_category is not null then 'recorded'
            when meaning.category is not null then 'stage'
        end as category_source,
        moment.after_place + 1 as from_place,
        least(
            coalesce(moment.until_place, case when meaning.is_won or meaning.is_lost or moment.is_gone then moment.after_place + 7 end, 2147483647),
            (select max(place) from frozen)
        ) as until_place
    from passing.deal_moment moment
    left join core.stage_meaning meaning using (stage)
    left join core.category_word word on word.word = moment.forecast_category
    where moment.until_place is null or moment.until_place > moment.after_place
),

at_instant as (
    select * exclude (from_place, until_place), unnest(range(from_place, until_place + 1)) as place
    from stretch
    where until_place >= from_place
)

select
    at_instant.deal_id,
    frozen.fiscal_quarter,
    frozen.weeks_before,
    coalesce(at_instant.stage, case when not deal.is_closed then deal.stage end) as stage,
    coalesce(at_instant.amount, deal.amount) as amount,
    coalesce(at_instant.closed_on, deal.closed_on) as due_on,
    coalesce(at_instant.probability, case when not deal.is_closed then deal.probability end) as probability,
    coalesce(at_instant.owner_id, deal.owner_id) as owner_id,
    deal.customer_value,
    category,
    category_source,
    coalesce(list_position(['omitted', 'pipeline', 'best_case', 'most_likely', 'commit', 'closed'], category), 0) - 1 as rank,
    case
        when is_won_stage then 'won'
        when is_lost_stage then 'lost'
        when is_gone then 'gone'
        when at_instant.stage is null and deal.is_closed and deal.closed_on < frozen.as_of
            then case when deal.is_won then 'won' else 'lost' end
        else 'open'
    end as stood,
    due_on >= frozen.starts_on and due_on < frozen.ends_on as is_due,
    deal.is_won and deal.closed_on >= frozen.starts_on and deal.closed_on < frozen.ends_on as is_won_in
from at_instant
join frozen using (place)
left join core.deal deal using (deal_id)
-- At a lead time only what was due then or was won of the quarter is asked about, at its end only the rest.
where case when frozen.weeks_before = 0 then not coalesce(is_won_in, false) else is_won_in or (is_due and stood not in ('lost', 'gone')) end;
