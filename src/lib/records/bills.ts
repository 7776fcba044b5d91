import { dealSeen, type Scope } from '../access/scope.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { joinFile, people, place, type Sourced } from './sourced.ts';

/** A line of a bill in its own currency, tax left out. */
export interface BillLine extends Sourced {
  invoice_line_id: string;
  invoice_id: string;
  issued_on: string | null;
  status: string | null;
  product_name: string | null;
  description: string | null;
  period_start: string | null;
  period_end: string | null;
  currency: string;
  list_amount: number | null;
  discount_amount: number | null;
  net_amount: number | null;
  discount_code: string | null;
}

export interface Credit extends Sourced {
  credit_note_id: string;
  invoice_id: string | null;
  issued_on: string | null;
  amount: number | null;
  currency: string | null;
  reason: string | null;
  approved_by: string | null;
  memo: string | null;
}

export interface Bills {
  /** The latest first, as many as are shown. */
  lines: BillLine[];
  /** How many there are. */
  count: number;
  credits: Credit[];
}

/** The most lines of bills that one page shows. */
export const MOST_BILL_LINES = 200;

const owners = { deal: 'deal_id', customer: 'account_id' } as const;

/** The bills and credits of one deal or of one customer, each seen with the deal it is for. */
export async function billsOf(
  warehouse: Warehouse,
  owner: keyof typeof owners,
  id: string,
  scope: Scope,
): Promise<Bills> {
  const column = owners[owner];
  const seen = dealSeen(scope, 'deal_id');
  const ofCredit = {
    deal: 'coalesce(billed.deal_id, bill.deal_id)',
    customer: 'coalesce(billed.account_id, customer.account_id, bill.account_id)',
  };
  const creditSeen = dealSeen(scope, ofCredit.deal);
  const bound = { id, ...seen.parameters };
  const [lines, [counted], credits] = await Promise.all([
    warehouse.rows<BillLine>(
      `select invoice_line_id, invoice_id, issued_on, status, product_name, description, period_start,
         period_end, currency, list_amount, discount_amount, net_amount, discount_code, source_file, source_line
       from marts.fact_invoice_line where ${column} = $id and ${seen.test}
       order by issued_on desc, invoice_id, source_line limit ${MOST_BILL_LINES}`,
      bound,
    ),
    warehouse.rows<{ count: number }>(
      `select count(*) as count from marts.fact_invoice_line where ${column} = $id and ${seen.test}`,
      bound,
    ),
    warehouse.rows<Credit>(
      `select credit_note_id, row.invoice_id, row.issued_on, row.amount,
         coalesce(row.currency, bill.currency) as currency, reason,
         coalesce(approver.name, row.approved_by) as approved_by, memo, ${place}
       from core.credit_note_line row ${joinFile}
       join core.invoice bill on bill.invoice_id = row.invoice_id
       left join (
         select invoice_id, any_value(deal_id) as deal_id, any_value(account_id) as account_id
         from marts.fact_bill group by invoice_id
       ) billed on billed.invoice_id = bill.invoice_id
       left join core.billed_customer customer on customer.billing_customer_id = bill.account_id
       left join ${people} approver on approver.person_id = row.approved_by
       where ${ofCredit[owner]} = $id and ${creditSeen.test}
       order by row.issued_on desc, row.source_line`,
      bound,
    ),
  ]);
  return { lines, count: counted?.count ?? 0, credits };
}
