-- One row per deal of which any of it is told (deal_id): how early we were in a request for proposal, in four categories from not knowing of it to
-- having shaped it, and whether the selling model used fits the purchase. After "Trusted Advisors or Structured Sales:
-- Pick One": what is new or risky to the buyer asks for a trusted expert, what is neither is sold by dividing and
-- optimizing. Words that say neither are no category.
-- Apart by deal_id.
create table core.deal_selling as
with written as (
    select
        deal_id,
        regexp_replace(lower(trim(rfp_engagement)), '[^a-z]+', '_', 'g') as rfp,
        regexp_replace(replace(lower(trim(selling_model)), '&', 'and'), '[^a-z]+', '_', 'g') as model,
        lower(trim(purchase_novelty)) as novelty,
        lower(trim(purchase_risk)) as risk
    from latest.deal
    where coalesce(rfp_engagement, selling_model, purchase_novelty, purchase_risk) is not null
),

meant as (
    select
        deal_id,
        case
            when rfp in ('unknown', 'known_without_content', 'content_known', 'shaped') then rfp
            when rfp = 'content_known_not_shaped' then 'content_known'
        end::enum ('content_known', 'known_without_content', 'shaped', 'unknown') as rfp_engagement,
        case when model in ('trusted_expert', 'divide_and_optimize') then model end::enum ('divide_and_optimize', 'trusted_expert')
            as selling_model,
        case
            when novelty in ('high', 'new', 'novel', 'yes', 'true') then true
            when novelty in ('low', 'none', 'not new', 'familiar', 'no', 'false') then false
        end as is_novel,
        case
            when risk in ('high', 'risky', 'yes', 'true') then true
            when risk in ('low', 'none', 'not risky', 'no', 'false') then false
        end as is_risky
    from written
),

placed as (
    select *, case when is_novel or is_risky then 'new or risky' when not is_novel and not is_risky then 'familiar and safe' end
        ::enum ('familiar and safe', 'new or risky') as purchase
    from meant
)

select
    *,
    case
        when purchase is null or selling_model is null then null
        when (purchase = 'new or risky') = (selling_model = 'trusted_expert') then 'fits'
        else 'does not fit'
    end::enum ('does not fit', 'fits') as model_fit
from placed;
