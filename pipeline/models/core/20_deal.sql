-- One row per deal (deal_id): an opportunity as last exported, its currency filled in and its owner as of the
-- close; who owns the record today stands beside it.
create view core.deal as
select
    deal_id,
    name,
    account_id,
    coalesce(at_close.owner_id, latest.deal.owner_id) as owner_id,
    latest.deal.owner_id as owner_id_today,
    original_seller_id,
    type,
    word.deal_type,
    stage,
    forecast_category,
    probability,
    is_closed,
    is_won,
    created_on,
    closed_on,
    coalesce(currency, (select currency from meta.build)) as currency,
    amount,
    committed_amount,
    pro_forma_amount,
    channel,
    partner_id,
    is_partner_led,
    price_book,
    selling_model,
    purchase_novelty,
    purchase_risk,
    rfp_engagement,
    customer_value,
    next_best_price,
    lost_reason,
    lead_source,
    source_file_id,
    source_line
from latest.deal
left join core.owner_at_close at_close using (deal_id)
left join meta.deal_type_word word on word.word = lower(trim(latest.deal.type));
