-- One row per customer with something that recurs or came due (account_id, and customer, a number by which what follows
-- joins): the customer's place and owner where the exports hold one row of each; where they hold several, which counts
-- differs by month. Only the models that follow need it.
-- Apart by account_id.
create table passing.recurring_customer as
with asked as (
    select account_id from core.recurring_change
    union
    select account_id from core.recurring_due
),

account_once as (
    select
        account_id,
        count(*) = 1 as is_once,
        any_value(name) as name,
        any_value(segment) as segment,
        any_value(industry) as industry,
        any_value(country) as country,
        any_value(region) as region
    from core.account
    group by account_id
),

owner_once as (
    select
        account_id,
        count(*) = 1 as is_once,
        any_value(person_id) as person_id,
        any_value(coalesce(valid_from, date '0001-01-01')) as owned_from,
        any_value(coalesce(valid_to, date '9999-12-31')) as owned_to
    from core.account_role
    where role = 'owner'
    group by account_id
)

select
    row_number() over ()::integer as customer,
    asked.account_id,
    coalesce(not account.is_once, false) as is_in_several_places,
    coalesce(not owner.is_once, false) as is_owned_several_times,
    case when account.is_once then account.name end as name,
    case when account.is_once then account.segment end::core.segment as segment,
    case when account.is_once then account.industry end::core.industry as industry,
    case when account.is_once then account.country end::core.country as country,
    case when account.is_once then account.region end::core.region as region,
    case when owner.is_once then owner.person_id end::core.person_id as owner_id,
    owner.owned_from,
    owner.owned_to
from asked
left join account_once account using (account_id)
left join owner_once owner using (account_id);
