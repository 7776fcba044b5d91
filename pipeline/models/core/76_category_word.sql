-- One row per word that a source uses for a forecast category (word), and which of ours it is; rank is higher for
-- the surer ones. Salesforce calls commit "Forecast" in its API.
create table core.category_word as
with used as (
    select distinct word
    from (
        select forecast_category as word from latest.deal
        union all
        select forecast_category from latest.deal_snapshot
        union all
        select forecast_category from latest.deal_first_shown
        union all
        select category from latest.forecast_submission
        union all
        select unnest([old_value, new_value]) from core.deal_event where lower(field) = 'forecast_category'
    )
    where word is not null
),

plain as (select word, regexp_replace(lower(word), '[^a-z]', '', 'g') as letters from used),

meaning as (
    select
        word,
        case
            when letters in ('closed', 'won', 'closedwon') then 'closed'
            when letters in ('commit', 'committed', 'forecast') then 'commit'
            when letters in ('mostlikely', 'probable') then 'most_likely'
            when letters in ('bestcase', 'upside') then 'best_case'
            when letters in ('pipeline', 'open') then 'pipeline'
            when letters in ('omitted', 'omit', 'notforecasted') then 'omitted'
        end as category
    from plain
)

select
    word,
    category,
    (list_position(['omitted', 'pipeline', 'best_case', 'most_likely', 'commit', 'closed'], category) - 1)::integer as rank
from meaning;
