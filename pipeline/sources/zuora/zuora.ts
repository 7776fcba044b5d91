import type { Source } from '../source.ts';
import { contracts } from './contract.ts';
import { credits } from './credit.ts';
import { invoices } from './invoice.ts';

export const zuora: Source[] = [...invoices, ...credits, ...contracts];
