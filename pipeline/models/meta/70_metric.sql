-- One row per measure or dimension of the semantic layer (id), as the build's product version defines it.
create table meta.metric (
    id varchar not null,
    kind varchar not null,
    label varchar not null,
    definition varchar not null,
    formula varchar,
    format varchar,
    fact varchar
);
