-- One row: this build. built_on is the build's day in the company's time zone; data_on the day of its newest
-- export, which the pages call today.
create table meta.build (
    build_id varchar not null,
    built_at timestamp not null,
    built_on date not null,
    data_on date not null,
    currency varchar not null,
    time_zone varchar not null,
    fiscal_year_start integer not null,
    calendar varchar not null,
    fiscal_year_named_by varchar not null,
    undated_price_book varchar not null,
    price_rounding varchar not null,
    configuration varchar not null,
    product_version varchar not null
);
