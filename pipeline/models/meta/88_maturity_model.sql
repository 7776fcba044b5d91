-- One row: the whole maturity model as JSON, for the pages that show its words.
create table meta.maturity_model (model varchar not null);
