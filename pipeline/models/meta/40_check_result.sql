-- One row per check of this build (id).
create table meta.check_result (
    id varchar not null,
    severity varchar not null,
    passed boolean not null,
    what varchar not null,
    detail varchar not null,
    rows json not null
);
