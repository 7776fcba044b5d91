-- One row per row of a source that its later exports no longer hold (table_name, key): where it last stood, and the
-- export that first lacked it. how is 'absent', or 'deleted' where the source itself marks the row as deleted.
create table latest.vanished (
    table_name varchar,
    key varchar,
    deal_id varchar,
    last_seen_on date,
    vanished_on date,
    vanished_at timestamp,
    how varchar,
    source_file_id varchar,
    source_line bigint
);
