-- A row that an export marks as deleted, by its key: it was set aside, and what earlier exports say of it ends there.
create table raw.deleted_row (
    source_file_id varchar not null,
    table_name varchar not null,
    source_line bigint not null,
    key varchar not null
);
