-- One row per deal of which the quality of selling is recorded (deal_id): outcomes identified and quantified, natural
-- allies on the buying side, insights offered, personal outcomes. NULL where nobody records such a thing of the deal.
-- Calls, mails and talk time are no merit and are not counted ("Trusted Advisors or Structured Sales: Pick One").
create table core.deal_quality as
with outcome as (
    select
        deal_id,
        count(distinct outcome_id) as outcomes_identified,
        count(distinct outcome_id) filter (value_base is not null) as outcomes_quantified
    from core.value_assessed
    group by deal_id
),

buyer as (
    select deal_id, count(distinct contact_id) as people, count(distinct contact_id) filter (is_ally) as allies
    from core.contact_role
    group by deal_id
),

-- A deal on which something was observed was watched: what was not seen on it did not happen.
watched as (
    select
        deal_id,
        coalesce(sum(coalesce(count, 1)) filter (named = 'insight_offered'), 0)::bigint as insights,
        bool_or(named in ('outcome_identified', 'outcome_quantified')) as is_outcome_seen,
        bool_or(named in ('personal_outcome', 'personal_outcome_identified')) as is_personal_seen,
        bool_or(named = 'ally_added') as is_ally_seen
    from (
        select deal_id, regexp_replace(lower(trim(name)), '[^a-z]+', '_', 'g') as named, count
        from core.behaviour
        where deal_id is not null
    )
    where not regexp_matches(named, '^(phone_|cold_)?(call|e?_?mail|text|tweet|post|message|video_message|talk_time)s?(_made|_sent)?$')
    group by deal_id
)

select
    deal_id,
    outcome.outcomes_identified,
    outcome.outcomes_quantified,
    buyer.people as buyers,
    buyer.allies,
    watched.insights,
    watched.is_outcome_seen,
    watched.is_personal_seen,
    watched.is_ally_seen
from outcome
full join buyer using (deal_id)
full join watched using (deal_id);
