import { date, moneyToTheCent } from '../design/formats.ts';
import type { Column, Row } from '../design/table.ts';
import type { BillLine, Credit } from './bills.ts';
import { placeNote } from './sourced.ts';
import { inWords } from './words.ts';

// Bills come in several currencies, so each amount is written with its own.
export const billColumns: Column[] = [
  { id: 'what', label: 'Billed for' },
  { id: 'issued_on', label: 'Issued', unit: 'date' },
  { id: 'invoice_id', label: 'Bill' },
  { id: 'service', label: 'Service' },
  { id: 'status', label: 'Status' },
  { id: 'list', label: 'Before discount' },
  { id: 'discount', label: 'Discount' },
  { id: 'net', label: 'Billed', phone: 'figure' },
];

const span = (from: string | null, to: string | null) =>
  from === null ? null : to === null ? `from ${date(from)}` : `${date(from)} – ${date(to)}`;

export const billRows = (lines: BillLine[]): Row[] =>
  lines.map((line) => {
    const money = (amount: number | null) => moneyToTheCent(amount, line.currency);
    return {
      key: line.invoice_line_id,
      cells: {
        what: line.product_name ?? line.description ?? line.invoice_line_id,
        issued_on: line.issued_on,
        invoice_id: line.invoice_id,
        service: span(line.period_start, line.period_end),
        status: line.status,
        list: money(line.list_amount),
        discount: line.discount_amount ? money(line.discount_amount) : null,
        net: money(line.net_amount),
      },
      notes: placeNote(line, 'what', { discount: line.discount_code }),
    };
  });

export const creditColumns: Column[] = [
  { id: 'credit_note_id', label: 'Credit note' },
  { id: 'issued_on', label: 'Issued', unit: 'date' },
  { id: 'invoice_id', label: 'Bill' },
  { id: 'reason', label: 'Reason' },
  { id: 'approved_by', label: 'Allowed by' },
  { id: 'amount', label: 'Credited', phone: 'figure' },
];

export const creditRows = (credits: Credit[], fallback: string): Row[] =>
  credits.map((credit, at) => {
    return {
      key: String(at),
      cells: {
        credit_note_id: credit.credit_note_id,
        issued_on: credit.issued_on,
        invoice_id: credit.invoice_id,
        reason: [inWords(credit.reason), credit.memo].filter(Boolean).join(': ') || null,
        approved_by: credit.approved_by,
        amount: moneyToTheCent(credit.amount, credit.currency ?? fallback),
      },
      notes: placeNote(credit, 'credit_note_id'),
    };
  });
