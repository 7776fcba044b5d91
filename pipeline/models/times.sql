-- times(amount, factor): their exact product, rounded to four decimals. DuckDB rounds decimals of more than 18
-- digits a hundred times slower than those of 18, and an amount and a factor of four decimals whose product
-- stays below ten thousand million fit into 18.
create or replace temp macro times(amount, factor) as
    case
        when
            amount::decimal(18, 4) = amount
            and factor::decimal(18, 4) = factor
            and abs(amount::double * factor::double) < 9e9
            then (amount::decimal(18, 4) * factor::decimal(18, 4))::decimal(18, 4)
        else (amount::decimal(38, 8) * factor)::decimal(18, 4)
    end;

-- over_term(amount, price_period, term_months): what a price of one period comes to over the months agreed.
create or replace temp macro over_term(amount, price_period, term_months) as
    case price_period
        when 'once' then amount
        when 'month' then times(amount, term_months)
        when 'year' then (times(amount, term_months)::double / 12)::decimal(18, 4)
    end;

-- deal_type_as_said(word): how a line's own word for its deal type is compared.
create or replace temp macro deal_type_as_said(word) as
    nullif(replace(replace(lower(word), '-', '_'), ' ', '_'), '');

-- smallest_unit(currency): what a bill's amount can't be split below. Source: docs.stripe.com/currencies,
-- "Zero-decimal currencies" and "Three-decimal currencies".
create or replace temp macro smallest_unit(currency) as
    case
        -- Most amounts there are.
        when currency in ('USD', 'usd', 'EUR', 'eur') then 0.0100
        when upper(currency) in (
            'BIF', 'CLP', 'DJF', 'GNF', 'JPY', 'KMF', 'KRW', 'MGA', 'PYG', 'RWF', 'VND', 'VUV', 'XAF', 'XOF', 'XPF'
        ) then 1.0000
        when upper(currency) in ('BHD', 'JOD', 'KWD', 'OMR', 'TND') then 0.0010
        else 0.0100
    end::decimal(9, 4);

-- as_source_rounds(amount, currency, is_rounded): an amount that we worked out, as a source writes it that rounds each
-- line to the currency's smallest unit.
create or replace temp macro as_source_rounds(amount, currency, is_rounded) as
    case
        when not is_rounded then amount
        when smallest_unit(currency) = 1 then round(amount, 0)
        when smallest_unit(currency) = 0.001 then round(amount, 3)
        else round(amount, 2)
    end::decimal(18, 4);

-- months_from(first_day, day): whole months between two days and the share of the month begun, by its own days.
create or replace temp macro months_from(first_day, day) as
    date_sub('month', first_day, day)
    + (day - (first_day + to_months(date_sub('month', first_day, day)::integer))::date)
    / greatest(
        (first_day + to_months(date_sub('month', first_day, day)::integer + 1))::date
        - (first_day + to_months(date_sub('month', first_day, day)::integer))::date,
        1
    );

-- share_of_span(first_day, end_day, day): how much of a span lies before a day, by months.
create or replace temp macro share_of_span(first_day, end_day, day) as
    case
        when day <= first_day then 0
        when day >= end_day then 1
        else months_from(first_day, day) / months_from(first_day, end_day)
    end::double;

-- sold_until(net, first_day, end_day, ramp, day): how much of a line's net is for service before a day: evenly over its
-- term, or over each of its own periods (ramp: a list of {first_day, end_day, net}). Sums of the parts between days are
-- exact, since each part is a difference of two of these.
create or replace temp macro sold_until(net, first_day, end_day, ramp, day) as
    case
        when day <= first_day then 0
        when day >= end_day then net
        when ramp is null then net::double * share_of_span(first_day, end_day, day)
        else
            net::double * list_sum(list_transform(ramp, lambda p: p.net::double * share_of_span(p.first_day, p.end_day, day)))
            / list_sum(list_transform(ramp, lambda p: p.net::double))
    end::decimal(18, 4);
