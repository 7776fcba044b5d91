-- One row per table, kind of export and day of which several exports tell (table_name, recognised_as, exported_on): how
-- the day's files compare with the export before, and what was concluded from what they lack.
create view core.export_day as
select * from latest.export_day;
