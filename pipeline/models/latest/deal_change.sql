-- One row per change of a field of a deal between two exports (deal_id, field, happened_at): happened_at is the export
-- that first showed it, after_at the one before, so it happened in between. Exports of the kind that last showed the
-- deal are compared: two kinds may word the same thing differently. What a file has no column for did not change.
insert into latest.deal_change
with told as (
    select
        *,
        lag(exported_at) over in_order as after_at,
        lag(stage) over in_order as old_stage,
        lag(amount) over in_order as old_amount,
        lag(closed_on) over in_order as old_closed_on,
        lag(forecast_category) over in_order as old_forecast_category,
        lag(probability) over in_order as old_probability,
        lag(owner_id) over in_order as old_owner_id
    from shown_deal
    window in_order as (partition by deal_id order by exported_at)
),

changed as (
    select * from told
    where after_at is not null
    and (
        stage is distinct from old_stage
        or amount is distinct from old_amount
        or closed_on is distinct from old_closed_on
        or forecast_category is distinct from old_forecast_category
        or probability is distinct from old_probability
        or owner_id is distinct from old_owner_id
    )
),

field as (
    select
        deal_id,
        exported_at,
        after_at,
        source_file_id,
        source_line,
        unnest([
            {'field': 'stage', 'sequence': 1, 'old': old_stage, 'new': stage},
            {'field': 'amount', 'sequence': 2, 'old': old_amount::varchar, 'new': amount::varchar},
            {'field': 'closed_on', 'sequence': 3, 'old': old_closed_on::varchar, 'new': closed_on::varchar},
            {'field': 'forecast_category', 'sequence': 4, 'old': old_forecast_category, 'new': forecast_category},
            {'field': 'probability', 'sequence': 5, 'old': old_probability::varchar, 'new': probability::varchar},
            {'field': 'owner', 'sequence': 6, 'old': old_owner_id, 'new': owner_id}
        ]) as one
    from changed
)

select
    deal_id,
    exported_at as happened_at,
    after_at,
    one.sequence,
    one.field,
    one.old as old_value,
    one.new as new_value,
    source_file_id,
    source_line
from field
where one.old is distinct from one.new;
