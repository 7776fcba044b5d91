-- One row per credit (credit_note_id, credit_note_line_id), tax left out. A note's lines count instead of the note as
-- a whole, with what only the whole says: bill, day, currency, reason. Where only an amount with tax is known, its tax
-- is the share that tax has in the bill.
create table core.credit_note_line as
with note as (
    select note.* replace (coalesce(known.currency, upper(note.currency)) as currency)
    from latest.credit_note_line note
    left join latest.billing_currency known on known.currency_number = note.currency
),

whole as (
    from note
    where credit_note_line_id is null and invoice_line_id is null
),

line as (
    from note
    where credit_note_line_id is not null or invoice_line_id is not null
    union all by name
    select
        invoice_id as credit_note_id,
        invoice_line_id as credit_note_line_id,
        null as invoice_line_id,
        -net_amount as amount,
        currency,
        description as memo,
        source_file_id,
        source_line
    from core.settled_line
    where counted_as = 'credit note'
),

told as (
    select
        line.credit_note_id,
        line.credit_note_line_id,
        coalesce(line.invoice_id, whole.invoice_id, billed.invoice_id) as invoice_id,
        line.invoice_line_id,
        coalesce(line.issued_on, whole.issued_on) as issued_on,
        line.amount,
        coalesce(line.currency, whole.currency) as currency,
        coalesce(line.reason, whole.reason) as reason,
        coalesce(line.approved_by, whole.approved_by) as approved_by,
        coalesce(line.memo, whole.memo) as memo,
        line.includes_tax,
        line.in_minor_units,
        line.source_file_id,
        line.source_line
    from line
    left join whole using (credit_note_id)
    left join latest.invoice_line billed on billed.invoice_line_id = line.invoice_line_id
    -- A line that says nothing of itself is as good as its note: one that was voided is not among the whole ones.
    where whole.credit_note_id is not null
    or line.issued_on is not null
    or line.reason is not null
    or not exists (from whole)
    union all by name
    select * from whole where credit_note_id not in (select credit_note_id from line)
),

scaled as (
    select
        told.* replace (
            coalesce(told.currency, invoice.currency, (select currency from meta.build)) as currency,
            told.amount * case
                when told.in_minor_units
                    then smallest_unit(coalesce(told.currency, invoice.currency, (select currency from meta.build)))
                else 1
            end as amount
        ),
        invoice.subtotal / nullif(invoice.total, 0) as share_before_tax
    from told
    left join core.invoice invoice using (invoice_id)
)

select
    credit_note_id,
    credit_note_line_id,
    invoice_id,
    invoice_line_id,
    issued_on,
    (case
        when includes_tax and share_before_tax is not null
            then round(amount::double * share_before_tax / smallest_unit(currency)::double) * smallest_unit(currency)
        else amount
    end)::decimal(18, 4) as amount,
    currency,
    reason,
    approved_by,
    memo,
    includes_tax and share_before_tax is null as includes_tax,
    in_minor_units,
    source_file_id,
    source_line
from scaled;
