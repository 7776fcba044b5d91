-- One row per stage of the deals as they stand (stage): whether being in it is won or lost, and the category that
-- most of its open deals have, which stands in where a history doesn't record the category.
create table core.stage_meaning as
select
    stage,
    bool_and(coalesce(is_won, false)) as is_won,
    bool_and(coalesce(is_closed and not is_won, false)) as is_lost,
    mode(word.category) filter (not coalesce(is_closed, false)) as category
from latest.deal
left join core.category_word word on word.word = latest.deal.forecast_category
where stage is not null
group by stage;
