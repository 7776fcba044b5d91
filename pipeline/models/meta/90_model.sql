-- One row per model, type, check and table whose coverage was measured (name): a mark of everything it was made from.
-- The next load makes anew only what has another mark.
create table meta.model (
    name varchar primary key,
    made_from varchar not null
);
