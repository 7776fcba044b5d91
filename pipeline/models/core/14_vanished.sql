-- One row per row of a source that its later exports no longer hold (table_name, key): where it last stood, and the
-- export that first lacked it.
create view core.vanished as
select * from latest.vanished;
