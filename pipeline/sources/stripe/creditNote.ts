import type { Source } from '../source.ts';
import { amountOf, metadata, number, upperCurrency } from './amounts.ts';

/** A credit's reason in Stripe's words. `order_change` takes something back; no reason is no reason. */
const reason = {
  sql: `case {reason}
    when 'order_change' then 'cancellation'
    when 'duplicate' then 'error'
    when 'fraudulent' then 'bad_debt'
    when 'product_unsatisfactory' then 'price_concession'
    else 'unknown' end`,
};

const taxes = `sum_inside({total_taxes|tax_amounts?}, '$[*].amount')`;

/** `amount` and `total` include tax, `subtotal` does not, but it has the discount of the whole bill still in it. */
const beforeTax = `coalesce(
    ${number('{total_excluding_tax?}')},
    ${number('{total|amount}')} - coalesce(${number('{tax?}')}, case when ${taxes} > 0 then ${taxes} end),
    ${number('{subtotal?}')} - case when ${number('{total?}')} = ${number('{subtotal?}')} then 0
      else coalesce(${number('{discount_amount?}')}, 0) end,
    ${number('{amount}')})`;

const creditNote: Source = {
  name: 'Stripe credit note',
  needs: [
    'id',
    ['invoice', 'invoice_id'],
    'amount',
    'currency',
    'reason',
    'status',
    ['memo', 'subtotal', 'lines'],
  ],
  expects: ['created', 'total', 'number', 'type'],
  // Refunds and disputes are about payments.
  never: ['charge', 'charge_id'],
  feeds: [
    {
      table: 'credit_note_line',
      where: { sql: "coalesce({status?} <> 'void', true)", reason: 'voided credit note' },
      columns: {
        credit_note_id: ['id'],
        invoice_id: ['invoice', 'invoice_id'],
        issued_on: { utc: ['effective_at', 'created'] },
        amount: { sql: amountOf(beforeTax) },
        includes_tax: {
          sql: `case when coalesce({total_excluding_tax?}, {subtotal?}, {tax?}) is null and coalesce(${taxes}, 0) = 0 then true end`,
        },
        currency: upperCurrency,
        reason,
        approved_by: [...metadata('approved_by'), 'approved_by'],
        memo: ['memo'],
      },
    },
    {
      table: 'credit_note_line',
      each: ['lines'],
      where: { sql: "coalesce({status?} <> 'void', true)", reason: 'voided credit note' },
      columns: {
        credit_note_id: ['id'],
        credit_note_line_id: ['item.id'],
        invoice_line_id: ['item.invoice_line_item'],
        amount: {
          sql: amountOf(`coalesce(${number('{item.amount_excluding_tax}')},
            ${number('{item.amount}')} - coalesce(tax_inside({item.taxes}), tax_inside({item.tax_amounts}), 0))
            - coalesce(${number('{item.discount_amount}')}, 0)`),
        },
        currency: upperCurrency,
      },
    },
  ],
};

/** Its row names no currency: the bill does. */
const creditNoteLine: Source = {
  name: 'Stripe credit note line item',
  needs: ['id', ['credit_note_id', 'credit_note'], 'amount', 'discount_amount', 'type', 'quantity'],
  expects: ['description', 'unit_amount', 'invoice_line_item_id', 'livemode'],
  feeds: [
    {
      table: 'credit_note_line',
      columns: {
        credit_note_id: ['credit_note_id', 'credit_note'],
        credit_note_line_id: ['id'],
        invoice_line_id: ['invoice_line_item', 'invoice_line_item_id'],
        amount: { sql: `${number('{amount}')} - coalesce(${number('{discount_amount?}')}, 0)` },
        in_minor_units: { sql: "'true'" },
        memo: ['description'],
      },
    },
  ],
};

export const creditNotes: Source[] = [creditNote, creditNoteLine];
