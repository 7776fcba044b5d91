-- What deals say of requests for proposal and selling models are words that Holdfast knows.
select deal.deal_id, deal.rfp_engagement, deal.selling_model
from latest.deal deal
left join core.deal_selling meant using (deal_id)
where coalesce(deal.rfp_engagement, deal.selling_model) is not null
and (
    (trim(deal.rfp_engagement) <> '' and meant.rfp_engagement is null)
    or (trim(deal.selling_model) <> '' and meant.selling_model is null)
)
order by deal.deal_id
limit 200
