-- A file as loaded, known by its content. Key: source_file_id (the first 16 digits of its SHA-256).
-- reading is a mark of how it was mapped: with another mapping the same bytes are read again. Where nothing changed
-- between two exports their bytes are the same: exported_at and path are those of the last of them, and
-- also_exported_at holds the instants of the others.
create table raw.source_file (
    source_file_id varchar primary key,
    path varchar not null,
    content_hash varchar not null,
    bytes bigint not null,
    recognised_as varchar not null,
    confidence double not null,
    dialect varchar not null,
    exported_at timestamp not null,
    exported_at_source varchar not null,
    loaded_at timestamp not null,
    rows_in bigint not null,
    rows_loaded bigint not null,
    rows_rejected bigint not null,
    rows_set_aside bigint not null,
    reading varchar,
    also_exported_at timestamp[]
);
