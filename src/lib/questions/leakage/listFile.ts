import type { Asking } from '../../asking/asking.ts';
import type { Answer, AnswerColumn } from '../../download/answer.ts';
import { BadRequest } from '../../metrics/badRequest.ts';
import type { Scope } from '../../metrics/request.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { matchedByInWords, wordsOf, type Cause } from './causes.ts';
import { differenceList, notKnownOfBills } from './list.ts';
import type { Order } from './order.ts';
import { payable } from './payable.ts';

const text = (id: string, label: string): AnswerColumn => ({ id, label, kind: 'dimension', format: 'text' });
const day = (id: string, label: string): AnswerColumn => ({ id, label, kind: 'dimension', format: 'date' });
const figure = (
  id: string,
  label: string,
  format: 'money' | 'number' | 'rate',
  unit?: string,
): AnswerColumn => ({
  ...{ id, label, kind: 'measure', format, unit },
});

/**
 * Columns of the file: what was sold, what was billed and what can be billed stand in their own currencies, named
 * beside them; the last two sums stand in the reporting currency too, which is part of their names.
 */
const columnsIn = (currency: string): AnswerColumn[] => [
  text('match_id', 'Number'),
  text('cause', 'Cause'),
  text('account_id', 'Customer (id)'),
  text('account_name', 'Customer'),
  text('deal_id', 'Deal (id)'),
  text('deal_name', 'Deal'),
  text('rep_name', 'Rep'),
  text('product_name', 'Product'),
  text('invoice_id', 'Bill'),
  day('happened_on', 'Due or billed on'),
  day('service_from', 'Service from'),
  day('service_to', 'Service until before'),
  text('currency', 'Sold in'),
  figure('sold_amount', 'Sold', 'number'),
  text('billed_currency', 'Billed in'),
  figure('billed_amount', 'Billed', 'number'),
  figure('credit_amount', 'Credited', 'number'),
  figure('to_bill', 'Can still be billed, in the currency sold in', 'number'),
  figure('difference', 'Billed less sold, in the currency sold in', 'number'),
  figure(inReporting('to_bill', currency), 'Can still be billed', 'money', currency),
  figure(inReporting('difference', currency), 'Billed less sold', 'money', currency),
  figure('confidence', 'How sure', 'rate'),
  text('matched_by', 'Matched'),
  text('reason', 'Why not matched'),
  text('to_do', 'What to do'),
  text('sold_file', 'Sold: read from'),
  figure('sold_line', 'Sold: at line', 'number'),
  text('billed_file', 'Billed: read from'),
  figure('billed_line', 'Billed: at line', 'number'),
];

/** Name of a column that stands in the reporting currency: `to_bill_usd`. */
const inReporting = (id: string, currency: string) => `${id}_${currency.toLowerCase()}`;

const lessToBill = (difference: number | null) => (difference === null ? null : 0 - difference);

/**
 * Every difference of the list as an answer to be written to a file. What can still be billed is rounded as its currency
 * is paid; in the reporting currency it is not, and adds up to what the page says. Throws BadRequest where what is filtered for is not known of bills.
 */
export async function listFile(
  warehouse: Warehouse,
  asking: Asking,
  { cause, order }: { cause: Cause | null; order: Order },
  scope: Scope,
): Promise<Answer> {
  const unknown = notKnownOfBills(asking);
  if (unknown !== null) throw new BadRequest(unknown, `Bills don’t know “${unknown}”.`);
  const { currency } = warehouse.build;
  const { rows } = await differenceList(warehouse, asking, { cause, order, page: 1, whole: true }, scope);
  return {
    columns: columnsIn(currency),
    rows: rows.map(({ is_open, own_difference, difference, ...row }) => ({
      ...row,
      cause: wordsOf(row.cause).label,
      to_bill: is_open ? payable(lessToBill(own_difference), row.currency) : 0,
      difference: own_difference,
      [inReporting('to_bill', currency)]: is_open ? lessToBill(difference) : 0,
      [inReporting('difference', currency)]: difference,
      matched_by: row.confidence === null ? null : matchedByInWords(row.matched_by),
      to_do: wordsOf(row.cause).toDo,
    })),
    build_id: warehouse.build.build_id,
    n: rows.length,
    coverage: null,
  };
}
