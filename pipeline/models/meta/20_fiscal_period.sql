-- One row per fiscal year, quarter and month (kind, period), and per week of a 52/53-week year: half-open span of days.
create table meta.fiscal_period (
    kind varchar not null,
    period varchar not null,
    fiscal_year integer not null,
    starts_on date not null,
    ends_on date not null
);
