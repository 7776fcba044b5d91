-- How one canonical column was filled from one file. Key: source_file_id, table_name, column_name.
create table raw.source_column (
    source_file_id varchar not null,
    table_name varchar not null,
    column_name varchar not null,
    source varchar not null,
    how varchar not null,
    style varchar not null
);
