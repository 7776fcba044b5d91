import type { Source } from '../source.ts';
import { alive, amount, amountOf, dealId, number, upperCurrency } from './amounts.ts';
import { linesInside } from './invoiceLine.ts';

const taxes = `sum_inside({total_taxes|total_tax_amounts?}, '$[*].amount')`;

/**
 * Before tax and after every discount: Stripe's own `subtotal` has the discounts of the lines taken off and not those
 * of the whole bill. Where no tax is told, whichever of the two amounts is the smaller has neither tax nor discount.
 */
const beforeTax = `coalesce(${number('{total_excluding_tax?}')},
  ${number('{total}')} - coalesce(${number('{tax|tax_amount?}')}, ${taxes}),
  case when ${number('{total}')} < 0 then greatest(${number('{subtotal}')}, ${number('{total}')})
    else least(${number('{subtotal}')}, ${number('{total}')}) end)`;

const tax = `coalesce(${number('{tax|tax_amount?}')}, ${taxes}, 0)`;

/**
 * The discount of the whole bill, where nothing says it: what the total lacks of subtotal and tax. Where a tax may be
 * inside of the subtotal, what it lacks tells nothing.
 */
const lacking = `case
  when ${number('{total}')} > ${number('{subtotal}')} then ${number('{subtotal}')} + ${tax} - ${number('{total}')}
  when ${tax} = 0 and ${number('{total}')} >= 0 then ${number('{subtotal}')} - ${number('{total}')} end`;

const invoice: Source = {
  name: 'Stripe invoice',
  needs: ['id', ['customer', 'customer_id'], 'currency', 'subtotal', 'total', 'status', 'period_start'],
  expects: ['due_date', 'period_end', 'number', 'amount_due', 'tax', 'created'],
  feeds: [
    {
      table: 'invoice',
      where: alive,
      columns: {
        invoice_id: ['id'],
        account_id: ['customer', 'customer_id'],
        deal_id: dealId,
        currency: upperCurrency,
        issued_on: {
          utc: [
            ...['status_transitions_finalized_at', 'status_transitions.finalized_at', 'finalized_at'],
            ...['effective_at', 'created', 'date', 'period_start'],
          ],
        },
        due_on: { utc: ['due_date'] },
        status: ['status'],
        subtotal: { sql: amountOf(beforeTax) },
        total: amount('total'),
        discount_amount: {
          sql: amountOf(`coalesce(${number('{total_discount_amount|discount_amount?}')},
            sum_inside({total_discount_amounts?}, '$[*].amount'), nullif(greatest(${lacking}, 0), 0))`),
        },
      },
    },
    linesInside,
  ],
};

export const invoices: Source[] = [invoice];
