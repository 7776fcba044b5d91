-- How a cell's text becomes a value where it is written the plain way, which nearly every export is. Each macro gives
-- NULL for text it does not understand, never a guess; such columns are read with care (readingWithCare.sql).

-- Dates and instants ---------------------------------------------------------------------------------------

create or replace temp macro has_zone(t) as
    regexp_matches(t, '\d{2}:\d{2}(:\d{2}(\.\d+)?)?\s?(Z|UTC|[+-]\d{2}(:?\d{2})?)$');

-- Salesforce writes +0000 where the cast wants +00:00.
create or replace temp macro zoned(t) as
    try_cast(regexp_replace(t, '([+-]\d{2})(\d{2})$', '\1:\2') as timestamptz);

create or replace temp macro instant_iso(t) as
    case
        when has_zone(t) then timezone('UTC', zoned(t))
        when regexp_matches(t, '^\d{4}-\d{1,2}-\d{1,2}')
            then timezone('UTC', timezone(getvariable('time_zone'), try_cast(t as timestamp)))
    end;

create or replace temp macro date_iso(t) as
    case
        when length(t) = 10 and t[5] = '-' then try_cast(t as date)
        when has_zone(t) then timezone(getvariable('time_zone'), zoned(t))::date
        when regexp_matches(t, '^\d{4}-\d{1,2}-\d{1,2}') then try_cast(t as timestamp)::date
    end;

create or replace temp macro instant_epoch(t) as
    case
        when regexp_matches(t, '^\d{9,10}(\.0)?$') then timezone('UTC', to_timestamp(try_cast(t as double)))
        when regexp_matches(t, '^\d{13}$') then timezone('UTC', to_timestamp(try_cast(t as double) / 1000))
    end;

create or replace temp macro local_to_utc(w) as timezone('UTC', timezone(getvariable('time_zone'), w));
create or replace temp macro utc_to_local_date(i) as timezone(getvariable('time_zone'), timezone('UTC', i))::date;

-- The rest -------------------------------------------------------------------------------------------------

-- The first two are what nearly every cell says, and cost a fifth of the lists.
create or replace temp macro truth(t) as
    case
        when t = 'true' then true
        when t = 'false' then false
        when lower(trim(t)) in ('true', 't', '1', 'yes', 'y', '1.0', 'wahr', 'ja', 'vrai', 'oui') then true
        when lower(trim(t)) in ('false', 'f', '0', 'no', 'n', '0.0', 'falsch', 'nein', 'faux', 'non') then false
    end;

-- Salesforce reports give ids of 15 characters that differ by case; its API adds three that spell which are
-- capitals, five at a time. Source: Salesforce Help, "ID Field Type".
create or replace temp macro capitals(five) as
    substr(
        'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345',
        1 + list_sum(list_transform([0, 1, 2, 3, 4], lambda i: if(five[i + 1] between 'A' and 'Z', 1 << i, 0)))::integer,
        1
    );

create or replace temp macro is_short_salesforce_id(t) as
    case
        when strlen(t) = 15
            then regexp_full_match(t, '(00|01|a[0-9A-Za-z])[0-9A-Za-z]*') and regexp_matches(t, '[A-Za-z]')
        else false
    end;

create or replace temp macro salesforce_id(t) as
    case when is_short_salesforce_id(t) then t || capitals(t[1:5]) || capitals(t[6:10]) || capitals(t[11:15]) else t end;

-- The words by which exports say "nothing here".
create or replace temp macro said(t) as
    case when t not in ('NULL', 'null', '\N', '', '#N/A') then t end;

-- A text that a spreadsheet was to take for no number: ="00612".
create or replace temp macro is_formula_of_text(t) as t like '="%"';
create or replace temp macro without_formula(t) as if(is_formula_of_text(t), t[3:-2], t);

-- An id that a spreadsheet took for a number and rounded: 9.87650E+09 stands for any of thousands.
create or replace temp macro is_rounded_id(t) as contains(t, 'E+') and regexp_full_match(t, '\d([.,]\d+)?E\+\d+');

-- Whether a cell is such a word, a formula, or has blanks around it; asked of every cell, so what is cheap comes first.
create or replace temp macro is_odd(t) as
    case
        when t like ' %' or t like '% ' or t like '="%' then true
        when strlen(t) > length(t) then trim(t) <> t
        when strlen(t) < 6 then said(t) is null
        else false
    end;

-- Whether the only point of a number stands where one between thousands would.
create or replace temp macro may_be_thousands(t) as t like '%.___' and t not like '0.%' and t not like '-0.%';
