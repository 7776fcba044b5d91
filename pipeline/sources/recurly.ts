import type { Feed, Source } from './source.ts';

const number = (text: string) => `try_cast(${text} as decimal(18, 4))`;
/** For products: of decimals with 18 digits DuckDB makes one with 18, which may be too few. */
const wide = (text: string) => `try_cast(${text} as decimal(30, 4))`;

/** The file of a connector that keeps every version of a record. */
const newest: Feed['newest'] = { of: ['id', 'uuid'], by: ['updated_at', 'invoice_updated_at'] };
const currency = { sql: 'upper({currency?})' };

/**
 * What a bill's lines say, whose fields stand under `in_` (`item.` for lines inside their bill, which belong to that
 * bill whatever else they say). What a plan's change gives back for the rest of its period settles a bill; every other
 * credit is given, and its reason says why. A balance carried from one bill to the next was charged or given on the
 * first.
 */
function linesOf(in_: '' | 'item.'): Feed[] {
  const said = (name: string) => `{${in_}${name}}`;
  // Within a bill each line has fields of its own.
  const any = (...names: string[]) =>
    in_ ? `coalesce(${names.map((name) => `{${in_}${name}?}`).join(', ')})` : `{${names.join('|')}?}`;
  const under = (...names: string[]) => (in_ ? { sql: any(...names) } : names);
  const bill = in_ ? ['id', 'uuid'] : ['invoice_id', 'invoice.id', 'invoice_number', 'invoice.number'];
  const lists = in_ ? { each: ['line_items'] } : {};
  const subtotal = `coalesce(${number(any('subtotal'))}, try_cast(${wide(said('unit_amount'))} * coalesce(${number(said('quantity'))}, 1) as decimal(18, 4)))`;
  const discount = `coalesce(${number(any('discount'))}, 0)`;
  const own = in_ ? { sql: `upper(coalesce(${said('currency')}, {currency?}))` } : currency;

  const type = said('type');
  const origin = any('origin');
  const isCredit = `(lower(${type}) = 'credit' or (lower(${type}) <> 'charge' and ${subtotal} < 0))`;
  const isSettling = `(${any('proration_rate')} is not null or ${any('credit_reason_code')} is null
    and coalesce(lower(${origin}) in ('plan', 'plan_trial', 'add_on', 'setup_fee'), false))`;
  const isCarried = `coalesce(lower(coalesce(${any('legacy_category')}, ${origin})) in ('carryforward', 'applied_credit'), false)`;
  const isOnBill = in_ ? `${type} is not null` : '{invoice_id|invoice_number} is not null';
  const isBilled = `${isOnBill} and coalesce(lower(${any('state')}) <> 'pending', true)`;

  return [
    {
      table: 'invoice_line',
      ...lists,
      newest,
      where: {
        sql: `${isBilled} and not ${isCarried} and (not ${isCredit} or ${isSettling})`,
        reason: 'a credit, not billed yet, or carried over from another bill',
      },
      columns: {
        invoice_line_id: under('id', 'uuid'),
        invoice_id: bill,
        subscription_id: under('subscription_id'),
        product_id: under('product_code', 'item_code', 'item_id', 'add_on_code', 'plan_code', 'plan_id'),
        currency: own,
        period_start: under('start_date'),
        period_end: under('end_date'),
        quantity: under('quantity'),
        unit_list: under('unit_amount'),
        list_amount: { sql: subtotal },
        discount_amount: { sql: discount },
        is_proration: { sql: `coalesce(${number(any('proration_rate'))} <> 1, false)` },
        description: under('description'),
      },
    },
    {
      table: 'credit_note_line',
      ...lists,
      newest,
      where: {
        sql: `${isBilled} and not ${isCarried} and ${isCredit} and not ${isSettling}`,
        reason: 'a charge, not billed yet, or carried over from another bill',
      },
      columns: {
        credit_note_id: bill,
        credit_note_line_id: under('id', 'uuid'),
        invoice_id: {
          sql: `coalesce(${any('original_line_item_invoice_id', 'original_invoice_id')}, {${bill.join('|')}})`,
        },
        invoice_line_id: under('previous_line_item_id', 'original_adjustment_uuid'),
        issued_on: in_
          ? { sql: `coalesce(${any('start_date', 'created_at')}, {created_at?})` }
          : under('start_date', 'created_at'),
        amount: { sql: `-(${subtotal} - ${discount})` },
        currency: own,
        reason: {
          sql: `case coalesce(lower(${any('credit_reason_code')}), case when lower(${said('origin')}) = 'write_off' then 'write_off' end)
            when 'write_off' then 'bad_debt' when 'service' then 'price_concession' when 'promotional' then 'price_concession'
            else 'unknown' end`,
        },
        memo: under('description'),
      },
    },
  ];
}

const invoice: Source = {
  name: 'Recurly invoice',
  needs: [
    ['id', 'uuid'],
    ['account_id', 'account_code', 'account.id', 'account.code'],
    'currency',
    'subtotal',
    'total',
    'tax',
    'state',
    ['collection_method', 'net_terms', 'closed_at', 'due_at', 'due_on'],
  ],
  expects: ['discount', 'number', 'created_at', 'origin', 'type', 'balance', 'paid', 'po_number'],
  feeds: [
    {
      table: 'invoice',
      newest,
      columns: {
        invoice_id: ['id', 'uuid'],
        account_id: ['account_id', 'account.id', 'account_code', 'account.code'],
        currency,
        issued_on: { utc: ['created_at'] },
        due_on: { utc: ['due_at', 'due_on'] },
        standard_terms_days: ['net_terms'],
        status: {
          sql: `case lower({state}) when 'past_due' then 'open' when 'processing' then 'open' when 'pending' then 'draft'
            when 'voided' then 'void' when 'failed' then 'uncollectible' when 'collected' then 'paid' when 'closed' then 'paid'
            else lower({state}) end`,
        },
        // Recurly's own subtotal is before discount.
        subtotal: { sql: `${number('{subtotal}')} - coalesce(${number('{discount?}')}, 0)` },
        total: ['total'],
        discount_amount: ['discount'],
      },
    },
    ...linesOf('item.'),
  ],
};

const lineItem: Source = {
  name: 'Recurly line item',
  needs: [
    ['id', 'uuid'],
    ['invoice_id', 'invoice_number', 'invoice.id'],
    'unit_amount',
    'quantity',
    'type',
    'origin',
    ['subtotal', 'amount'],
    ['discount', 'proration_rate', 'previous_line_item_id'],
  ],
  expects: [
    'discount',
    'tax',
    'currency',
    'state',
    'start_date',
    'end_date',
    'plan_code',
    'previous_line_item_id',
  ],
  feeds: linesOf(''),
};

const subscription: Source = {
  name: 'Recurly subscription',
  needs: [
    ['id', 'uuid'],
    ['account_id', 'account_code', 'account.id', 'account.code'],
    ['plan_id', 'plan_code', 'plan.id', 'plan.code'],
    'state',
    'unit_amount',
    'quantity',
    ['current_period_ends_at', 'current_term_ends_at'],
  ],
  expects: [
    'activated_at',
    'expires_at',
    'canceled_at',
    'subtotal',
    'auto_renew',
    'currency',
    'add_ons_total',
  ],
  feeds: [
    {
      table: 'subscription',
      newest,
      columns: {
        subscription_id: ['id', 'uuid'],
        account_id: ['account_id', 'account.id', 'account_code', 'account.code'],
        plan_id: ['plan_id', 'plan.id', 'plan_code', 'plan.code'],
        started_on: ['activated_at', 'current_term_started_at'],
        ended_on: { sql: "case when lower({state}) = 'expired' then {expires_at|current_term_ends_at} end" },
        renewal_due_on: ['current_term_ends_at', 'current_period_ends_at'],
        quantity: ['quantity'],
        currency,
        status: ['state'],
      },
    },
    {
      // Units and add-ons together, for one period of the plan.
      table: 'subscription_item',
      newest,
      columns: {
        subscription_item_id: ['id', 'uuid'],
        subscription_id: ['id', 'uuid'],
        plan_id: ['plan_id', 'plan.id', 'plan_code', 'plan.code'],
        quantity: { sql: "'1'" },
        unit_amount: {
          sql: `coalesce(${number('{subtotal?}')}, try_cast(${wide('{unit_amount}')} * ${number('{quantity}')} as decimal(18, 4)) + coalesce(${number('{add_ons_total?}')}, 0))`,
        },
        currency,
      },
    },
  ],
};

const plan: Source = {
  name: 'Recurly plan',
  needs: [['id', 'uuid', 'code'], 'code', 'name', 'interval_unit', 'interval_length'],
  expects: ['state', 'trial_length', 'auto_renew', 'total_billing_cycles'],
  feeds: [
    {
      table: 'billing_plan',
      newest,
      columns: {
        plan_id: ['id', 'code'],
        name: ['name'],
        period: { sql: "rtrim(lower({interval_unit}), 's')" },
        periods: ['interval_length'],
      },
    },
  ],
};

const transaction: Source = {
  name: 'Recurly transaction',
  needs: ['id', 'invoice_id', 'amount', 'currency', 'status', 'type', ['collected_at', 'success']],
  expects: ['origin', 'refunded', 'created_at', 'voided_at', 'collection_method'],
  feeds: [
    {
      table: 'payment',
      where: {
        sql: "{invoice_id} is not null and lower({status}) = 'success' and lower({type}) in ('purchase', 'payment', 'capture', 'refund') and {voided_at?} is null",
        reason: 'no payment of a bill',
      },
      columns: {
        payment_id: ['id'],
        invoice_id: ['invoice_id'],
        paid_on: { utc: ['collected_at', 'created_at'] },
        currency,
        amount: {
          sql: `case when lower({type}) = 'refund' then -abs(${number('{amount}')}) else ${number('{amount}')} end`,
        },
      },
    },
  ],
};

const account: Source = {
  name: 'Recurly account',
  needs: ['id', 'code', 'company', ['bill_to', 'state'], ['vat_number', 'cc_emails', 'username']],
  expects: ['email', 'created_at', 'tax_exempt'],
  feeds: [
    {
      table: 'billing_customer',
      newest,
      columns: { billing_customer_id: ['id'], account_id: ['code'], name: ['company'] },
    },
  ],
};

export const recurly: Source[] = [invoice, lineItem, subscription, plan, transaction, account];
