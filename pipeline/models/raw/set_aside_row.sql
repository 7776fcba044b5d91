-- A row that was read and is not counted: a repeat, superseded, filtered, a total, a footer.
create table raw.set_aside_row (
    source_file_id varchar not null,
    table_name varchar,
    source_line bigint not null,
    reason varchar not null,
    text varchar not null
);
