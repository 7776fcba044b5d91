-- One row per bill (invoice_id), its currency by code also where the source names it by a number.
create view core.invoice as
select
    invoice.* replace (coalesce(known.currency, upper(invoice.currency)) as currency)
from latest.invoice invoice
left join latest.billing_currency known on known.currency_number = invoice.currency;
