-- One row per file of this load that could not be read (path), and why.
create table meta.unread_file (
    path varchar not null,
    reason varchar not null
);
