import { alone, requestOf, type Asking } from '../../asking/asking.ts';
import { period } from '../../design/formats.ts';
import type { Column, Row } from '../../design/table.ts';
import { answer, type Answer } from '../../metrics/answer.ts';
import type { Scope } from '../../metrics/request.ts';
import { measureById } from '../../metrics/request.ts';
import { accountsKnown } from '../../records/accountsKnown.ts';
import { accountHref, dealHref } from '../../records/links.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { orUntold } from '../motions/orUntold.ts';
import { barsWithRows } from './rowsOfBar.ts';

/** The most rows that the page shows; the files have all. */
export const MOST_ROWS = 300;

/** What tells rows of each fact apart, as far as the fact knows it. */
const keys: Record<string, string[]> = {
  concession: ['account_id', 'account_name', 'partner_id', 'fiscal_month', 'source_file'],
  credit: ['account_id', 'account_name', 'deal_id', 'deal_name', 'invoice_id', 'fiscal_month', 'source_file'],
  invoice_line: ['account_id', 'account_name', 'deal_id', 'invoice_id', 'fiscal_month', 'source_file'],
};

export interface Behind {
  label: string;
  definition: string;
  answered: Answer;
  /** What the answer's groups are told by. */
  by: string[];
  measures: string[];
  columns: Column[];
  rows: Row[];
  /** The bar's sum, over rows that are not shown too. */
  total: number;
  count: number;
}

/** A bar whose rows say nothing of what is filtered for. */
export interface NotTold {
  label: string;
  definition: string;
}

const text = (value: unknown) => (value === null || value === undefined ? null : String(value));

/** The bills, or what was given back, that a bar sums: the largest first. Undefined for a bar of that name there is none. */
export async function behind(
  warehouse: Warehouse,
  asking: Asking,
  bar: string,
  scope: Scope,
): Promise<Behind | NotTold | undefined> {
  const of = Object.hasOwn(barsWithRows, bar) ? barsWithRows[bar] : undefined;
  if (!of) return undefined;
  const { definition, sql } = measureById.get(of.sums)!;
  const by = keys[Object.keys(sql)[0]!]!;
  const question = { measures: of.measures, by, sort: { id: of.sums, descending: true } };
  const answered = await orUntold(answer(warehouse, requestOf(alone(asking), question), scope));
  if (answered === null) return { label: of.label, definition };
  const found = answered.rows.filter((row) => Number(row[of.sums] ?? 0) !== 0);
  const shown = found.slice(0, MOST_ROWS);
  const known = await accountsKnown(
    warehouse,
    shown.map((row) => text(row.account_id)),
    scope,
  );
  const has = (id: string) => found.some((row) => row[id] !== null && row[id] !== undefined);
  const columns: Column[] = [
    { id: 'name', label: 'Customer', sortable: false },
    ...(has('partner_id') ? [{ id: 'partner_id', label: 'Partner', sortable: false }] : []),
    ...(has('invoice_id') ? [{ id: 'invoice_id', label: 'Bill', sortable: false }] : []),
    ...(has('deal_id') ? [{ id: 'deal', label: 'Deal', sortable: false }] : []),
    { id: 'fiscal_month', label: 'Month', sortable: false },
    ...of.measures.map((id): Column => ({
      ...{ id, label: measureById.get(id)!.label, unit: 'money', sortable: false },
      phone: id === of.sums ? 'figure' : 'line',
    })),
    { id: 'source_file', label: 'Read from', sortable: false },
  ];
  return {
    ...{ label: of.label, definition, answered, by, measures: of.measures, columns },
    rows: shown.map((row, at): Row => {
      const [account, deal] = [text(row.account_id), text(row.deal_id)];
      return {
        key: String(at),
        ...(account === null || !known.has(account) ? {} : { href: accountHref(account) }),
        ...(deal === null ? {} : { links: { deal: dealHref(deal) } }),
        cells: {
          ...row,
          name: text(row.account_name) ?? account ?? (row.partner_id ? 'a partner' : 'no customer known'),
          deal: text(row.deal_name) ?? deal,
          fiscal_month: typeof row.fiscal_month === 'string' ? period(row.fiscal_month) : null,
        },
      };
    }),
    total: Number(answered.totals[of.sums] ?? 0),
    count: found.length,
  };
}
