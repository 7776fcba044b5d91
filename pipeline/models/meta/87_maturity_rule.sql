-- One row per number of the maturity model that holds for all indicators (name).
create table meta.maturity_rule (name varchar primary key, value double not null);
