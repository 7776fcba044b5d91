-- One row per column of a table that others may rely on (schema_name, table_name, column_name).
create table meta.table_column (
    schema_name varchar not null,
    table_name varchar not null,
    column_name varchar not null,
    type varchar not null,
    means varchar,
    one_row_is varchar,
    unlocks varchar
);
