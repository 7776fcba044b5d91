-- What one file gave to one canonical table; a file may feed one table more than once. Key: source_file_id,
-- feed.
-- money_* are sums of the table's amount column as written in the file, NULL where it has none.
create table raw.source_file_table (
    source_file_id varchar not null,
    feed integer not null,
    table_name varchar not null,
    rows_in bigint not null,
    rows_loaded bigint not null,
    rows_rejected bigint not null,
    rows_set_aside bigint not null,
    money_column varchar,
    money_in decimal(38, 4),
    money_loaded decimal(38, 4),
    money_rejected decimal(38, 4),
    money_set_aside decimal(38, 4),
    primary key (source_file_id, feed)
);
