-- One row per figure that takes a statistical method, quarter and scope (figure, fiscal_quarter, scope_kind, scope):
-- filled by whoever has the methods. A value that is missing means: cannot tell.
create table core.method_figure (
    figure varchar not null,
    fiscal_quarter varchar not null,
    scope_kind varchar not null,
    scope varchar not null,
    value double,
    low double,
    high double,
    n bigint
);
