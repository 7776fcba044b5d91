-- One row per finding and day on which it was seen (seen_on, finding_id), as it stood then. What was seen follows from
-- the exports up to that day alone, and is kept so that it need not be worked out again.
create table raw.finding_seen (
    seen_on date not null,
    finding_id varchar not null,
    kind varchar not null,
    deal_id varchar,
    deal_line_id varchar,
    account_id varchar,
    invoice_id varchar,
    person_id varchar,
    amount_base decimal(18, 4),
    happened_on date,
    act_by date,
    facts varchar
);
