-- One row per day as of which findings were looked for (seen_on): the last export day of a week. made_from is a mark of
-- the files up to that day, of the settings and of the rules, by which the next build tells whether it still holds.
create table raw.finding_day (
    seen_on date primary key,
    made_from varchar not null
);
