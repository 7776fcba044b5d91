-- One row per condition of an indicator at a level (indicator_id, level, kind, figure): 1 good, 2 great, 3 elite. A
-- stand-in is asked about only where its figure can't be computed. is_loaded: some row of every table that the figure
-- needs is there.
create table meta.maturity_gate (
    indicator_id varchar not null,
    level integer not null,
    kind varchar not null,
    figure varchar,
    words varchar not null,
    bar varchar not null,
    threshold double not null,
    compared varchar not null,
    is_stand_in boolean not null,
    needs varchar not null,
    is_loaded boolean not null
);
