-- A row that can't be read, by its place, its reason and its text. table_name is NULL where the row could
-- not even be cut into cells.
create table raw.rejected_row (
    source_file_id varchar not null,
    table_name varchar,
    source_line bigint not null,
    column_name varchar,
    reason varchar not null,
    text varchar not null
);
