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

-- deal_type_as_said(word): how a line's own word for its deal type is compared.
create or replace temp macro deal_type_as_said(word) as
    nullif(replace(replace(lower(word), '-', '_'), ' ', '_'), '');
