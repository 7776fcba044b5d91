-- One row: what the exports tell of the won deals of all customers, without which marts.fact_customer_deal can't say
-- some things of any: whether some line says that its discount was someone's decision (knows_kinds), whether some deal
-- has a type, from which month on an ending of a contract is on record, and whether free services are told.
create table marts.customer_deal_told as
select
    (select coalesce(bool_or(discount_kind = 'discretionary'), false) from marts.fact_deal_line where is_won) as knows_kinds,
    (
        select count(deal_type) > 0
        from marts.fact_deal
        where is_won and account_id is not null and closed_on <= (select data_on from meta.build)
    ) as knows_types,
    (select min(month_starts_on) from marts.fact_account_month where knows_churn) as churn_known_from,
    exists (from marts.fact_concession where kind = 'free_service' and account_id is not null) as knows_service;
