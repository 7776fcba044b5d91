import type { Source } from '../source.ts';
import { catalogue } from './catalogue.ts';
import { creditNotes } from './creditNote.ts';
import { customers } from './customer.ts';
import { dashboard } from './dashboard.ts';
import { invoices } from './invoice.ts';
import { invoiceLines } from './invoiceLine.ts';
import { subscriptions } from './subscription.ts';

export const stripe: Source[] = [
  ...invoices,
  ...invoiceLines,
  ...creditNotes,
  ...subscriptions,
  ...catalogue,
  ...customers,
  ...dashboard,
];
