-- One row per table, kind of export and day (table_name, recognised_as, exported_on): what a day's files of one kind
-- hold together, held against the export before it. That is the last one of at least half as many rows, so that a
-- part in between does not stand for the whole. taken_as says what was made of it: 'first', where there is none to
-- compare with; 'part', where fewer than half of the rows before are in it, of which nothing absent is concluded;
-- 'whole'. Of what is absent from a whole export, vanished counts what was taken for gone, and out_of_reach what was
-- not, because the export does not seem to reach there (out_of_reach_why).
create table latest.export_day (
    table_name varchar,
    recognised_as varchar,
    exported_on date,
    exported_at timestamp,
    compared_with date,
    rows bigint,
    known bigint,
    absent bigint,
    vanished bigint,
    out_of_reach bigint,
    out_of_reach_why varchar,
    taken_as varchar
);
