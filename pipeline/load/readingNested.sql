-- What stands inside a cell ---------------------------------------------------------------------------------

-- A value inside a JSON object, as text; nothing where the cell is no JSON.
create or replace temp macro inside(t, path) as
    case when t like '{%' or t like '[%' then case when json_valid(t) then json_extract_string(t, path) end end;

-- The items of a JSON list, or of a list object with its items under `data`.
create or replace temp macro items_of(t) as
    case
        when t like '[%' then case when json_valid(t) then json_extract(t, '$[*]') end
        when t like '{%' then case when json_valid(t) then json_extract(t, '$.data[*]') end
    end;

-- The sum of a number that each item of a JSON list has; zero for an empty list.
create or replace temp macro sum_inside(t, path) as
    case
        when t like '[%' then case
            when json_valid(t) then coalesce(list_sum(json_extract_string(t, path)::decimal(18, 4)[]), 0)::decimal(18, 4)
        end
    end;

-- The tax that a bill's line already has in its amount.
create or replace temp macro tax_inside(t) as
    case
        when t like '[%' then case
            when json_valid(t)
                then coalesce(
                    list_sum(
                        list_transform(
                            list_filter(
                                from_json(t, '[{"amount":"BIGINT","inclusive":"BOOLEAN","tax_behavior":"VARCHAR"}]'),
                                lambda tax: coalesce(tax.inclusive, tax.tax_behavior = 'inclusive', false)
                            ),
                            lambda tax: tax.amount
                        )
                    ),
                    0
                )
        end
    end;

-- A whole number of smallest units in units of the currency. What is no whole number is not in smallest units:
-- it stays text that no way of reading takes for a number.
create or replace temp macro from_smallest_unit(t, currency) as
    case
        when abs(try_cast(t as decimal(18, 4))) < 1e9 and try_cast(t as decimal(18, 4)) % 1 = 0
            then ((try_cast(t as decimal(18, 4)) * smallest_unit(currency))::decimal(18, 4))::varchar
        -- A product of more digits than 18 takes its time.
        when try_cast(t as decimal(30, 4)) % 1 = 0
            then coalesce(
                try_cast(try_cast(t as decimal(30, 4)) * smallest_unit(currency) as decimal(18, 4))::varchar, 'too large: ' || t
            )
        when t is not null then 'not in the smallest unit: ' || t
    end;
