-- One row per deal (deal_id): an opportunity as last exported, its currency filled in and its owner as of the
-- close; who owns the record today stands beside it. A deal that its source no longer exports is marked with when
-- (vanished_on). If it was still open, it is so no more, and whether it was won is not known: it stays as history, and
-- is neither open pipeline nor a loss. One that was closed stays as it was.
-- Apart by deal_id.
create view core.deal as
select
    deal.deal_id,
    name,
    account_id,
    coalesce(at_close.owner_id, deal.owner_id) as owner_id,
    deal.owner_id as owner_id_today,
    original_seller_id,
    type,
    word.deal_type,
    stage,
    forecast_category,
    probability,
    case when vanished.vanished_on is not null and is_won is not true then true else is_closed end as is_closed,
    case when vanished.vanished_on is not null and not coalesce(is_closed or is_won, false) then null else is_won end as is_won,
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
    vanished.vanished_on,
    vanished.how as vanished_how,
    deal.source_file_id,
    deal.source_line
from latest.deal deal
left join core.owner_at_close at_close using (deal_id)
left join latest.vanished vanished on vanished.table_name = 'deal' and vanished.key = deal.deal_id
left join meta.deal_type_word word on word.word = lower(trim(deal.type));
