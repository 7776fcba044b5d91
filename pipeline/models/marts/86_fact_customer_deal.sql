-- One row per won deal of a customer that closed by the day of the newest export (deal_id), with its place in the
-- customer's path of deals: number counts them from the first that the exports hold; is_first where that one was sold
-- as new. Discount and list are those of lines whose discount someone decided on, or that had none; of all priced
-- lines where no line says who decides. What became of the customer is read a year after: paid_base is what recurred a
-- month at the end of the first month that paid anything, in the month of the close or the six after it; year_base the
-- same twelve months later, or up to two months after that, since renewals come late; 0: the customer has left. Both
-- are null where nothing recurs, where the year is not over or where no ending was on record yet. service_base is
-- what free services cost in the year after the close; null where no export tells of any.
-- Apart by deal_id.
create table marts.fact_customer_deal as
with priced as (
    select
        deal_id,
        sum(list_amount_base)::decimal(18, 4) as list_base,
        sum(discount_base)::decimal(18, 4) as discount_base,
        arg_max(product_family, list_amount_base) as product_family
    from marts.fact_deal_line
    cross join marts.customer_deal_told told
    where is_won
    and list_amount_base > 0
    and (not told.knows_kinds or discount_kind = 'discretionary' or discount_base = 0)
    group by deal_id
),

sold as (
    select
        deal.*,
        row_number() over (partition by account_id order by closed_on, created_on, deal_id) as number
    from (
        select
            deal_id, deal_name, account_id, account_name, segment, industry, country, account_region, region, team,
            rep_id, rep_name, manager_id, manager_name, reporting_line_id, region_today, segment_today, deal_type,
            is_won, is_closed, created_on, closed_on, fiscal_year, fiscal_quarter, fiscal_month,
            discount_base as whole_discount_base
        from marts.fact_deal
        where is_won and account_id is not null and closed_on <= (select data_on from meta.build)
    ) deal
),

paying as (
    select account_id, month_starts_on as month, end_base
    from marts.fact_account_month
    where end_base > 0
),

begun as (
    select
        sold.deal_id,
        sold.account_id,
        min(paying.month) as month,
        arg_min(paying.end_base, paying.month) as paid_base
    from sold
    join paying
        on paying.account_id = sold.account_id
        and paying.month >= date_trunc('month', sold.closed_on)
        and paying.month <= date_trunc('month', sold.closed_on) + interval 6 month
    group by sold.deal_id, sold.account_id
),

year_over as (
    select
        begun.deal_id,
        begun.account_id,
        begun.paid_base,
        (begun.month + interval 12 month)::date as month
    from begun
    where begun.month + interval 15 month <= (select data_on from meta.build)
    and begun.month + interval 12 month >= (select churn_known_from from marts.customer_deal_told)
),

a_year_after as (
    select
        year_over.deal_id,
        any_value(year_over.paid_base) as paid_base,
        coalesce(arg_min(paying.end_base, paying.month), 0)::decimal(18, 4) as year_base
    from year_over
    left join paying
        on paying.account_id = year_over.account_id
        and paying.month >= year_over.month
        and paying.month <= year_over.month + interval 2 month
    group by year_over.deal_id
),

service as (
    select account_id, given_on, amount_base
    from marts.fact_concession
    where kind = 'free_service' and account_id is not null
),

served as (
    select sold.deal_id, sum(service.amount_base)::decimal(18, 4) as service_base
    from sold
    join service
        on service.account_id = sold.account_id
        and service.given_on > sold.closed_on
        and service.given_on <= sold.closed_on + interval 1 year
    group by sold.deal_id
)

select
    sold.* exclude (whole_discount_base),
    sold.number = 1 and (not told.knows_types or coalesce(sold.deal_type = 'new', false)) as is_first,
    priced.product_family,
    priced.list_base,
    priced.discount_base,
    sold.whole_discount_base,
    told.knows_kinds,
    a_year_after.paid_base,
    a_year_after.year_base,
    case when told.knows_service then coalesce(served.service_base, 0) end::decimal(18, 4) as service_base
from sold
cross join marts.customer_deal_told told
left join priced using (deal_id)
left join a_year_after using (deal_id)
left join served using (deal_id);
