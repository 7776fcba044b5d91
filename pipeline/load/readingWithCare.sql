-- How cells that are not written the plain way become values. A column comes here only where the plain reading does
-- not fit all of its cells; which macro it then takes is decided from all of them (numberStyle.ts, dateStyle.ts).
-- First a cell is made ready (…_body), then read: NULL for what is not understood, never a guess.

-- Every kind of blank as one, none at the ends: spreadsheets use no-break, narrow and figure spaces.
create or replace temp macro plain_blanks(t) as
    trim(regexp_replace(t, '[\s\p{Z}\x{FEFF}\x{200B}\x{200E}\x{200F}]+', ' ', 'g'));

-- The words that say "nothing here" where a number, a date, or yes or no belongs.
create or replace temp macro value_said(t) as
    case
        when lower(plain_blanks(t)) not in (
            '', 'null', '(null)', '\n', 'nil', 'none', '(none)', 'nan', '#n/a', '#na', 'n/a', 'na', 'n.a.', 'n/d', 'nd',
            's/o', 'k.a.', 'k. a.', '-', '--', '---', '–', '—', '−', '?', '.', '(blank)', '(leer)', '(vide)', 'unknown',
            'unbekannt', 'inconnu', 'undefined', 'missing', 'not set'
        ) then plain_blanks(t)
    end;

-- Currency in the cell --------------------------------------------------------------------------------------

-- ISO 4217, the codes in use.
create or replace temp macro currency_code_pattern() as
    'AED|AFN|ALL|AMD|ANG|AOA|ARS|AUD|AWG|AZN|BAM|BBD|BDT|BGN|BHD|BIF|BMD|BND|BOB|BRL|BSD|BTN|BWP|BYN|BZD|CAD|CDF|CHF|'
    || 'CLF|CLP|CNY|COP|CRC|CUP|CVE|CZK|DJF|DKK|DOP|DZD|EGP|ERN|ETB|EUR|FJD|FKP|GBP|GEL|GHS|GIP|GMD|GNF|GTQ|GYD|HKD|HNL|'
    || 'HTG|HUF|IDR|ILS|INR|IQD|IRR|ISK|JMD|JOD|JPY|KES|KGS|KHR|KMF|KPW|KRW|KWD|KYD|KZT|LAK|LBP|LKR|LRD|LSL|LYD|MAD|MDL|'
    || 'MGA|MKD|MMK|MNT|MOP|MRU|MUR|MVR|MWK|MXN|MYR|MZN|NAD|NGN|NIO|NOK|NPR|NZD|OMR|PAB|PEN|PGK|PHP|PKR|PLN|PYG|QAR|RON|'
    || 'RSD|RUB|RWF|SAR|SBD|SCR|SDG|SEK|SGD|SHP|SLE|SOS|SRD|SSP|STN|SYP|SZL|THB|TJS|TMT|TND|TOP|TRY|TTD|TWD|TZS|UAH|UGX|'
    || 'USD|UYU|UZS|VES|VND|VUV|WST|XAF|XCD|XOF|XPF|YER|ZAR|ZMW|ZWL';

create or replace temp macro currency_sign_pattern() as
    '[A-Z]{0,2}\$|\p{Sc}|zł|Kč|kr\.?|Ft|lei|лв\.?|руб\.?|S?Fr\.|Rs\.?';

-- The currency a cell tells: a code in capitals, else the sign as it stands; NULL where it tells none.
create or replace temp macro currency_told(t) as
    coalesce(
        nullif(upper(regexp_extract(t, '(?i)(?:^|[^\p{L}])(' || currency_code_pattern() || ')(?:$|[^\p{L}])', 1)), ''),
        nullif(regexp_extract(plain_blanks(t), '^[-+(−]?\s*(' || currency_sign_pattern() || ')', 1), ''),
        nullif(regexp_extract(plain_blanks(t), '(' || currency_sign_pattern() || ')\s*[-)−]?$', 1), '')
    );

-- Numbers ---------------------------------------------------------------------------------------------------

create or replace temp macro plain_minus(t) as regexp_replace(t, '[−–‒﹣－]', '-', 'g');

create or replace temp macro without_currency(t) as
    regexp_replace(
        regexp_replace(
            t, '^([-+(]?)\s*(?:(?i:' || currency_code_pattern() || ')\s*|' || currency_sign_pattern() || ')\s*([-+(]?)', '\1\2'
        ),
        '\s*(?:' || currency_sign_pattern() || '|\b(?i:' || currency_code_pattern() || '))\s*([-)]?)$', '\1'
    );

-- (1.50) and 1.50- are negative; a currency in front or behind does not count.
create or replace temp macro number_body(t) as
    regexp_replace(
        regexp_replace(without_currency(plain_minus(value_said(t))), '^\(\s*([^-()].*?)\s*\)$|^([^-(].*?)\s*-$', '-\1\2'),
        '^([-+])\s+', '\1'
    );

-- The percent sign goes behind, where it is looked for.
create or replace temp macro percent_body(t) as
    number_body(replace(value_said(t), '%', '')) || case when contains(t, '%') then '%' else '' end;

create or replace temp macro is_marked_credit(b) as regexp_matches(b, '^[^-].*\d\s*(?i:CR)\.?$');
create or replace temp macro is_marked_debit(b) as regexp_matches(b, '^[^-].*\d\s*(?i:DR)\.?$');
create or replace temp macro credit_below_zero(b) as
    regexp_replace(regexp_replace(b, '^([^-].*\d)\s*(?i:CR)\.?$', '-\1'), '^([^-].*\d)\s*(?i:DR)\.?$', '\1');
create or replace temp macro debit_below_zero(b) as
    regexp_replace(regexp_replace(b, '^([^-].*\d)\s*(?i:DR)\.?$', '-\1'), '^([^-].*\d)\s*(?i:CR)\.?$', '\1');

-- Thousands by three, or as in India by two but for the last three; no group begins with a lone 0.
create or replace temp macro number_point(b) as
    case when regexp_matches(
        b, '^[-+]?(?:\d+|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d?(?:,\d{2})+,\d{3})?(?:\.\d*)?(?:[eE][-+]?\d{1,3})?$'
    ) then replace(b, ',', '') end;

create or replace temp macro number_point_blank(b) as
    case when regexp_matches(b, '^[-+]?(?:\d+|[1-9]\d{0,2}(?: \d{3})+)?(?:\.\d*)?$') then replace(b, ' ', '') end;

create or replace temp macro number_point_apostrophe(b) as
    case when regexp_matches(b, '^[-+]?(?:\d+|[1-9]\d{0,2}(?:[''’`´]\d{3})+)?(?:\.\d*)?$')
        then regexp_replace(b, '[''’`´]', '', 'g') end;

create or replace temp macro number_comma(b) as
    case when regexp_matches(b, '^[-+]?(?:\d+|[1-9]\d{0,2}(?:\.\d{3})+)?(?:,\d*)?$')
        then replace(replace(b, '.', ''), ',', '.') end;

create or replace temp macro number_comma_blank(b) as
    case when regexp_matches(b, '^[-+]?(?:\d+|[1-9]\d{0,2}(?: \d{3})+)?(?:,\d*)?$')
        then replace(replace(b, ' ', ''), ',', '.') end;

create or replace temp macro number_comma_apostrophe(b) as
    case when regexp_matches(b, '^[-+]?(?:\d+|[1-9]\d{0,2}(?:[''’`´]\d{3})+)?(?:,\d*)?$')
        then replace(regexp_replace(b, '[''’`´]', '', 'g'), ',', '.') end;

-- A whole number may be written with decimals that are all 0; others are not rounded.
create or replace temp macro whole(d) as case when d % 1 = 0 then d end;

-- Dates and instants ----------------------------------------------------------------------------------------

-- A weekday in front says nothing more; "a las", "um", "at" stand before the time.
create or replace temp macro date_body(t) as
    regexp_replace(
        regexp_replace(
            regexp_replace(
                value_said(t),
                '^(?i:mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so|lun|mar|mer|jeu|ven|sam|dim|mi[eé]|jue|vie|s[aá]b|dom|'
                || 'gio|seg|ter|qua|qui|sex|ma|wo|vr|za|zo)\p{L}*(?:-feira)?\.?,?\s+'
                || '(\d{1,2}[./-]\d|\d{1,2}(?:\.|st|nd|rd|th|er)?,?\s+(?:de\s+)?\p{L}{3,}|\p{L}{3,}\.?\s+\d)', '\1'
            ), '\s+(?i:at|um|à|a las|alle|às|om)\s+(\d{1,2}:)', ' \1'
        ), '(?i)(\d)\s*([ap])\.?\s?m\.?(\s|$)', '\1 \2M\3'
    );

create or replace temp macro clock_pattern() as
    '[T\s,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s?([AaPp][Mm])?\s?(Z|UTC|GMT|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?)?$';

-- A day with one mark between its parts, whichever stood there.
create or replace temp macro slashed(d) as
    regexp_replace(regexp_replace(d, '\s*[-./\s]\s*', '/', 'g'), '/$', '');

-- Such a day and the time told with it, apart.
create or replace temp macro slashed_timed(b) as
    slashed(regexp_replace(b, clock_pattern(), '')) || '|' || regexp_extract(b, clock_pattern());

create or replace temp macro seconds_of(h, m, s, half) as
    case
        when half = '' and h <= 23 and m <= 59 and s <= 60 then h * 3600 + m * 60 + s
        when half <> '' and h between 1 and 12 and m <= 59 and s <= 60
            then (h % 12 + case when half = 'PM' then 12 else 0 end) * 3600 + m * 60 + s
    end;

-- Minutes by which a zone is ahead of UTC; NULL where none is named.
create or replace temp macro minutes_ahead(zone) as
    case
        when zone = '' then null
        when zone in ('Z', 'UTC', 'GMT') then 0
        else if(contains(zone, '-'), -1, 1) * (
            regexp_extract(zone, '[+-](\d{1,2})', 1)::integer * 60
            + coalesce(try_cast(regexp_extract(zone, '[+-]\d{1,2}:?(\d{2})$', 1) as integer), 0)
        )
    end;

-- Seconds into the day, and minutes ahead of UTC, of a time as it stands behind a day.
create or replace temp macro clock_told(c) as
    list_transform(
        [regexp_extract(c, clock_pattern(), ['h', 'm', 's', 'half', 'zone'])],
        lambda p: {
            'seconds': seconds_of(try_cast(p.h as integer), try_cast(p.m as integer), coalesce(try_cast(p.s as integer), 0), upper(p.half)),
            'ahead': minutes_ahead(p.zone)
        }
    )[1];

-- The instant (UTC) of a day and the time told with it: in the cell's own zone, else in the configured one.
create or replace temp macro instant_at(day, clock) as
    case
        when clock.ahead is not null then day::timestamp + to_seconds(clock.seconds) - to_minutes(clock.ahead)
        else local_to_utc(day::timestamp + to_seconds(clock.seconds))
    end;

create or replace temp macro date_at(day, clock) as
    case
        when clock.ahead is not null then utc_to_local_date(instant_at(day, clock))
        when clock.seconds is not null then day
    end;

create or replace temp macro instant_of(day, c) as
    case when c = '' then local_to_utc(day::timestamp) else list_transform([clock_told(c)], lambda k: instant_at(day, k))[1] end;

create or replace temp macro date_of(day, c) as
    case when c = '' then day else list_transform([clock_told(c)], lambda k: date_at(day, k))[1] end;

create or replace temp macro day_ymd(d) as
    case
        when regexp_matches(d, '^\d{8}$') then try_strptime(d, '%Y%m%d')::date
        when regexp_matches(d, '^\d{4}/\d{1,2}/\d{1,2}$') then try_strptime(d, '%Y/%m/%d')::date
    end;

-- Years of two digits: 00 to 68 are 2000 to 2068, 69 to 99 are 1969 to 1999 (POSIX, strptime).
create or replace temp macro day_yymd(d) as
    case when regexp_matches(d, '^\d{2}/\d{2}/\d{2}$') then try_strptime(d, '%y/%m/%d')::date end;

create or replace temp macro day_dmy(d) as
    case when regexp_matches(d, '^\d{1,2}/\d{1,2}/(\d{2}|\d{4})$') then try_strptime(d, ['%d/%m/%y', '%d/%m/%Y'])::date end;

create or replace temp macro day_mdy(d) as
    case when regexp_matches(d, '^\d{1,2}/\d{1,2}/(\d{2}|\d{4})$') then try_strptime(d, ['%m/%d/%y', '%m/%d/%Y'])::date end;

-- A month by its name, whole or short, in English, German, French, Spanish, Italian, Dutch and Portuguese; `w` is in
-- small letters without accents.
create or replace temp macro month_named(w) as
    case
        when w in ('jan', 'january', 'januar', 'janner', 'jaenner', 'janvier', 'janv', 'enero', 'ene', 'gennaio', 'genn', 'gen', 'januari', 'janeiro') then '01'
        when w in ('feb', 'february', 'februar', 'fevrier', 'fevr', 'fev', 'febrero', 'febbraio', 'febb', 'februari', 'fevereiro') then '02'
        when w in ('mar', 'march', 'marz', 'maerz', 'mrz', 'mars', 'marzo', 'maart', 'mrt', 'marco') then '03'
        when w in ('apr', 'april', 'avril', 'avr', 'abril', 'abr', 'aprile') then '04'
        when w in ('may', 'mai', 'mayo', 'maggio', 'magg', 'mag', 'mei', 'maio') then '05'
        when w in ('jun', 'june', 'juni', 'juin', 'junio', 'giugno', 'giu', 'junho') then '06'
        when w in ('jul', 'july', 'juli', 'juillet', 'juil', 'julio', 'luglio', 'lug', 'julho') then '07'
        when w in ('aug', 'august', 'aout', 'agosto', 'ago', 'augustus') then '08'
        when w in ('sep', 'sept', 'september', 'septembre', 'septiembre', 'setiembre', 'settembre', 'sett', 'set', 'setembro') then '09'
        when w in ('oct', 'october', 'okt', 'oktober', 'octobre', 'octubre', 'ottobre', 'ott', 'outubro', 'out') then '10'
        when w in ('nov', 'november', 'novembre', 'noviembre', 'novembro') then '11'
        when w in ('dec', 'december', 'dez', 'dezember', 'decembre', 'diciembre', 'dic', 'dicembre', 'dezembro') then '12'
    end;

-- Day, month and year of a date with the month by name, in whatever order.
create or replace temp macro named_parts(w) as [
    regexp_extract(
        w, '^(\d{1,2})(?:st|nd|rd|th|er|º|ª|o)?/?(?:de/|of/)?(\p{L}{3,12})/?,?/?(?:del?/)?[''’]?(\d{4}|\d{2})$', ['d', 'm', 'y']
    ),
    regexp_extract(w, '^(\p{L}{3,12})/?(\d{1,2})(?:st|nd|rd|th)?(?:,/?|/)[''’]?(\d{4}|\d{2})$', ['m', 'd', 'y']),
    regexp_extract(w, '^(\d{4})/?(\p{L}{3,12})/?(\d{1,2})$', ['y', 'm', 'd'])
];

create or replace temp macro day_named(d) as
    list_transform(
        list_filter(named_parts(lower(strip_accents(d))), lambda p: p.y <> ''),
        lambda p: try_strptime(p.y || '-' || month_named(p.m) || '-' || p.d, ['%y-%m-%d', '%Y-%m-%d'])
    )[1]::date;

-- Days since 1899-12-30, as Excel counts them from March 1900 on; from 1954 to 2119.
create or replace temp macro day_serial(t) as
    case when regexp_matches(t, '^[2-8]\d{4}([.,]\d+)?$')
        then date '1899-12-30' + try_cast(t[1:5] as integer) end;

create or replace temp macro instant_serial(t) as
    local_to_utc(
        day_serial(t)::timestamp
        + to_seconds(round(coalesce(try_cast('0.' || nullif(regexp_extract(t, '[.,](\d+)$', 1), '') as double), 0) * 86400)::bigint)
    );

-- Yes and no ------------------------------------------------------------------------------------------------

create or replace temp macro truth_said(t) as
    case
        when strip_accents(lower(plain_blanks(t))) in (
            'true', 't', '1', '1.0', 'yes', 'y', 'x', '✓', '✔', '☑', 'checked', 'on', 'wahr', 'ja', 'j', 'vrai', 'oui', 'o',
            'verdadero', 'si', 's', 'vero', 'v', 'waar', 'verdadeiro', 'sim'
        ) then true
        when strip_accents(lower(plain_blanks(t))) in (
            'false', 'f', '0', '0.0', 'no', 'n', '✗', '✘', '☐', 'unchecked', 'off', 'falsch', 'nein', 'faux', 'non', 'falso',
            'onwaar', 'nee', 'nao'
        ) then false
    end;
