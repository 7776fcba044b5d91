-- One row per indicator of the maturity model (indicator_id), as data/maturity/indicators.yaml has it.
create table meta.maturity_indicator (
    indicator_id varchar primary key,
    position integer not null,
    domain varchar not null,
    label varchar not null,
    statement varchar not null,
    source varchar not null,
    who varchar not null,
    kind varchar not null,
    evidence varchar
);
