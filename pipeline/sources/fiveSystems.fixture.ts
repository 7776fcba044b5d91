import { csvOf, jsonLinesOf } from './billed.fixture.ts';

/** Amounts in the currency's smallest unit. */
export interface Bill {
  currency: 'USD' | 'JPY' | 'KWD';
  lines: { amount: number; off: number }[];
  /** Off the whole bill, beside what is off its lines. */
  off: number;
  tax: number;
  credit: { amount: number; tax: number; reason: Reason } | null;
}
export type Reason = 'price_concession' | 'bad_debt' | 'unknown';

const digits = { USD: 2, JPY: 0, KWD: 3 };
export const whole = (bill: Bill, amount: number) =>
  (amount / 10 ** digits[bill.currency]).toFixed(digits[bill.currency]);
const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0);
export const net = (bill: Bill) => sum(bill.lines.map((line) => line.amount - line.off)) - bill.off;
const day = '2026-05-04';
const epoch = Date.parse(day) / 1000;
const reasons: Record<string, Record<Reason, string>> = {
  stripe: { price_concession: 'product_unsatisfactory', bad_debt: 'fraudulent', unknown: '' },
  zuora: { price_concession: 'Customer Satisfaction', bad_debt: 'Write-off', unknown: 'Other' },
  chargebee: { price_concession: 'service_unsatisfactory', bad_debt: 'write_off', unknown: 'other' },
  recurly: { price_concession: 'service', bad_debt: 'write_off', unknown: 'general' },
  netsuite: { price_concession: 'Goodwill', bad_debt: 'Bad debt', unknown: '' },
};
export const credited = (bills: Bill[]) =>
  bills.flatMap((bill, at) => (bill.credit === null ? [] : [{ bill, at, credit: bill.credit }]));
const perLine = <Row>(
  bills: Bill[],
  row: (bill: Bill, at: number, line: Bill['lines'][number], n: number) => Row,
) => bills.flatMap((bill, at) => bill.lines.map((line, n) => row(bill, at, line, n)));

function stripe(bills: Bill[]) {
  return {
    'stripe/invoices.csv': csvOf(
      bills.map((bill, at) => ({
        id: `stripe${at}`,
        customer: 'c',
        currency: bill.currency.toLowerCase(),
        subtotal: sum(bill.lines.map((line) => line.amount - line.off)),
        tax: bill.tax,
        total: net(bill) + bill.tax,
        status: 'open',
        period_start: epoch,
        created: epoch,
        total_discount_amount: bill.off + sum(bill.lines.map((line) => line.off)),
      })),
    ),
    'stripe/lines.csv': csvOf(
      perLine(bills, (bill, at, line, n) => ({
        id: `stripe${at}-${n}`,
        invoice: `stripe${at}`,
        amount: line.amount,
        currency: bill.currency.toLowerCase(),
        proration: false,
        period_start: epoch,
        discount_amount: line.off,
      })),
    ),
    'stripe/credits.csv': csvOf([
      ...credited(bills).map(({ bill, at, credit }) => ({
        id: `stripe${at}-c`,
        invoice: `stripe${at}`,
        amount: credit.amount + credit.tax,
        subtotal: credit.amount,
        currency: bill.currency.toLowerCase(),
        reason: reasons.stripe![credit.reason],
        status: 'issued',
        memo: 'm',
        created: epoch,
      })),
      {
        id: 'none',
        invoice: 'x',
        amount: 1,
        subtotal: 1,
        currency: 'usd',
        reason: '',
        status: 'void',
        memo: '',
        created: epoch,
      },
    ]),
  };
}

function zuora(bills: Bill[]) {
  const item = (bill: Bill, at: number, id: string, amount: number, kind: number, appliedTo = '') => ({
    Id: `zuora${at}-${id}`,
    InvoiceId: `zuora${at}`,
    ChargeAmount: whole(bill, amount),
    ProcessingType: kind,
    AppliedToInvoiceItemId: appliedTo && `zuora${at}-${appliedTo}`,
    Quantity: 1,
    ServiceStartDate: day,
    ServiceEndDate: day,
    ChargeName: 'x',
  });
  return {
    'zuora/Invoice.csv': csvOf(
      bills.map((bill, at) => ({
        Id: `zuora${at}`,
        AccountId: 'c',
        Currency: bill.currency,
        Amount: whole(bill, net(bill) + bill.tax),
        AmountWithoutTax: whole(bill, net(bill)),
        InvoiceDate: day,
        InvoiceNumber: `INV${at}`,
        Status: 'Posted',
      })),
    ),
    'zuora/InvoiceItem.csv': csvOf(
      bills.flatMap((bill, at) => [
        ...bill.lines.flatMap((line, n) => [
          ...(line.off > 0 ? [item(bill, at, `d${n}`, -line.off, 1, String(n))] : []),
          item(bill, at, String(n), line.amount, 0),
        ]),
        ...(bill.off > 0 ? [item(bill, at, 'all', -bill.off, 1)] : []),
        item(bill, at, 'tax', bill.tax, 3),
      ]),
    ),
    'zuora/CreditMemo.csv': csvOf([
      ...credited(bills).map(({ bill, at, credit }) => ({
        Id: `zuora${at}-c`,
        AccountId: 'c',
        Currency: bill.currency,
        MemoNumber: `CM${at}`,
        MemoDate: day,
        TotalAmount: whole(bill, credit.amount + credit.tax),
        TotalTaxAmount: whole(bill, credit.tax),
        ReasonCode: reasons.zuora![credit.reason],
        ReferredInvoiceId: `zuora${at}`,
        Status: 'Posted',
      })),
      { Id: 'none', Status: 'Canceled', AccountId: 'c', MemoNumber: 'n', MemoDate: day, TotalAmount: 1 },
    ]),
  };
}

function chargebee(bills: Bill[]) {
  return {
    'chargebee/invoices.jsonl': jsonLinesOf(
      bills.map((bill, at) => ({
        id: `chargebee${at}`,
        customer_id: 'c',
        currency_code: bill.currency,
        sub_total: sum(bill.lines.map((line) => line.amount)),
        tax: bill.tax,
        total: net(bill) + bill.tax,
        status: 'payment_due',
        price_type: 'tax_exclusive',
        date: epoch,
        discounts: [
          {
            entity_type: 'document_level_coupon',
            amount: bill.off + sum(bill.lines.map((line) => line.off)),
          },
        ],
        line_items: bill.lines.map((line, n) => ({
          id: `chargebee${at}-${n}`,
          unit_amount: line.amount,
          quantity: 1,
          amount: line.amount,
          // Both say the same discount.
          discount_amount: line.off,
          item_level_discount_amount: line.off,
          date_from: epoch,
          date_to: epoch,
          entity_type: 'plan_item_price',
          entity_id: 'p',
        })),
      })),
    ),
    'chargebee/credit_notes.jsonl': jsonLinesOf([
      ...credited(bills).map(({ bill, at, credit }) => ({
        id: `chargebee${at}-c`,
        customer_id: 'c',
        reference_invoice_id: `chargebee${at}`,
        currency_code: bill.currency,
        total: credit.amount + credit.tax,
        taxes: [{ amount: credit.tax }],
        reason_code: reasons.chargebee![credit.reason],
        status: 'adjusted',
        date: epoch,
      })),
      {
        id: 'none',
        customer_id: 'c',
        reference_invoice_id: 'x',
        currency_code: 'USD',
        total: 1,
        reason_code: '',
        status: 'voided',
      },
    ]),
  };
}

function recurly(bills: Bill[]) {
  const item = (
    bill: Bill,
    at: number,
    id: string,
    amount: number,
    off: number,
    tax: number,
    more: object,
  ) => ({
    id: `recurly${at}-${id}`,
    invoice_id: `recurly${at}`,
    type: 'charge',
    state: 'invoiced',
    origin: 'plan',
    credit_reason_code: '',
    currency: bill.currency,
    unit_amount: whole(bill, amount),
    quantity: 1,
    subtotal: whole(bill, amount),
    discount: whole(bill, off),
    tax: whole(bill, tax),
    amount: whole(bill, amount - off + tax),
    start_date: day,
    ...more,
  });
  return {
    'recurly/invoices.csv': csvOf(
      bills.map((bill, at) => ({
        id: `recurly${at}`,
        account_id: 'c',
        currency: bill.currency,
        subtotal: whole(bill, sum(bill.lines.map((line) => line.amount))),
        discount: whole(bill, bill.off + sum(bill.lines.map((line) => line.off))),
        tax: whole(bill, bill.tax),
        total: whole(bill, net(bill) + bill.tax),
        state: 'past_due',
        created_at: day,
        due_at: day,
      })),
    ),
    'recurly/line_items.csv': csvOf([
      ...perLine(bills, (bill, at, line, n) => item(bill, at, String(n), line.amount, line.off, 0, {})),
      ...credited(bills).map(({ bill, at, credit }) =>
        item(bill, at, 'c', -credit.amount, 0, -credit.tax, {
          type: 'credit',
          origin: 'credit',
          credit_reason_code: reasons.recurly![credit.reason],
        }),
      ),
    ]),
  };
}

function netsuite(bills: Bill[]) {
  const transaction = (
    bill: Bill,
    id: string,
    type: string,
    amount: number,
    tax: number,
    more: object = {},
  ) => ({
    id,
    type,
    trandate: day,
    duedate: day,
    currency: bill.currency,
    entity: 'c',
    status: 'A',
    postingperiod: 1,
    foreigntotal: whole(bill, amount + tax),
    foreigntaxtotal: whole(bill, tax),
    custbody_credit_reason: '',
    createdfrom: '',
    ...more,
  });
  // Income is a credit to the books: what is charged is negative.
  const line = (bill: Bill, transaction: string, id: number, amount: number, more: object = {}) => ({
    transaction,
    id,
    linesequencenumber: id,
    item: 7,
    itemtype: 'Service',
    quantity: -1,
    rate: '',
    foreignamount: whole(bill, -amount),
    mainline: 'F',
    taxline: 'F',
    transactiondiscount: 'F',
    ...more,
  });
  const discount = { itemtype: 'Discount', quantity: '' };
  return {
    'netsuite/transaction.csv': csvOf([
      ...bills.map((bill, at) => transaction(bill, `netsuite${at}`, 'CustInvc', net(bill), bill.tax)),
      ...credited(bills).map(({ bill, at, credit }) =>
        transaction(bill, `netsuite${at}-c`, 'CustCred', credit.amount, credit.tax, {
          custbody_credit_reason: reasons.netsuite![credit.reason],
          createdfrom: `netsuite${at}`,
        }),
      ),
      transaction(bills[0]!, 'order', 'SalesOrd', 5, 0),
    ]),
    'netsuite/transactionline.csv': csvOf([
      ...bills.flatMap((bill, at) => [
        line(bill, `netsuite${at}`, 0, -net(bill) - bill.tax, { mainline: 'T', item: '' }),
        ...bill.lines.flatMap(({ amount, off }, n) => [
          line(bill, `netsuite${at}`, 2 * n + 1, amount),
          ...(off > 0 ? [line(bill, `netsuite${at}`, 2 * n + 2, -off, discount)] : []),
        ]),
        ...(bill.off > 0
          ? [line(bill, `netsuite${at}`, 98, -bill.off, { ...discount, transactiondiscount: 'T' })]
          : []),
        line(bill, `netsuite${at}`, 99, bill.tax, { taxline: 'T', itemtype: 'TaxItem' }),
      ]),
      ...credited(bills).flatMap(({ bill, at, credit }) => [
        line(bill, `netsuite${at}-c`, 1, -credit.amount),
        line(bill, `netsuite${at}-c`, 99, -credit.tax, { taxline: 'T', itemtype: 'TaxItem' }),
      ]),
      line(bills[0]!, 'order', 1, 5),
    ]),
  };
}

/** The bills as each of the systems exports them, each under its own name. */
export const systems = { stripe, zuora, chargebee, recurly, netsuite };
