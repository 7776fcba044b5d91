-- One row per field of a canonical table (table_name, column_name): how many of its rows say something.
create table meta.coverage (
    table_name varchar not null,
    column_name varchar not null,
    rows bigint not null,
    known bigint not null,
    unlocks varchar
);
