import { alone, requestOf, type Asking } from '../../asking/asking.ts';
import type { Column, Row } from '../../design/table.ts';
import { answer, type AnswerRow } from '../../metrics/answer.ts';
import type { Scope } from '../../metrics/request.ts';
import type { Interval } from '../../statistics/bootstrap.ts';
import { wilson } from '../../statistics/wilson.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { numberIn } from './retention.ts';

/** Lines due below which a rate is grey and not compared: ours. */
const MINIMUM_DUE = 10;

const measures = [
  'contracts_due',
  'contracts_renewed',
  'contracts_on_time',
  'amount_due',
  'amount_renewed',
  'renewal_rate_by_amount',
];

export interface Due {
  due: number;
  renewed: number;
  onTime: number;
  amountDue: number;
  amountRenewed: number;
  byAmount: number | null;
  renewedInterval: Interval | null;
  onTimeInterval: Interval | null;
}

export interface Renewals {
  total: Due;
  columns: Column[];
  rows: Row[];
}

const columns: Column[] = [
  { id: 'name', label: 'Came due in', sortable: false },
  { id: 'due', label: 'Lines due', unit: 'count', sortable: false, phone: 'line' },
  { id: 'onTime', label: 'Signed in time', unit: 'rate', sortable: false, phone: 'line' },
  { id: 'late', label: 'Signed late', unit: 'rate', sortable: false, phone: 'line' },
  { id: 'renewed', label: 'Renewed', unit: 'rate', sortable: false, phone: 'figure' },
  { id: 'amountDue', label: 'Amount due a month', unit: 'money', sortable: false, phone: 'line' },
  { id: 'byAmount', label: 'Renewed, by amount', unit: 'rate', sortable: false, phone: 'line' },
];

function dueOf(row: AnswerRow): Due {
  const value = (id: string) => numberIn(row, id) ?? 0;
  const [due, renewed, onTime] = [
    value('contracts_due'),
    value('contracts_renewed'),
    value('contracts_on_time'),
  ];
  const enough = due >= MINIMUM_DUE;
  return {
    ...{ due, renewed, onTime },
    amountDue: value('amount_due'),
    amountRenewed: value('amount_renewed'),
    byAmount: numberIn(row, 'renewal_rate_by_amount'),
    renewedInterval: enough ? wilson(renewed, due) : null,
    onTimeInterval: enough ? wilson(onTime, due) : null,
  };
}

function rowOf(name: string, { due, renewed, onTime, amountDue, byAmount }: Due): Row {
  const share = (of: number) => (due > 0 ? of / due : null);
  return {
    key: name,
    cells: {
      ...{ name, due, amountDue, byAmount },
      onTime: share(onTime),
      late: share(renewed - onTime),
      renewed: share(renewed),
    },
    faint: due < MINIMUM_DUE,
  };
}

/** What came due in the span asked about, month by month, and what was renewed of it; null where nothing did. */
export async function renewals(
  warehouse: Warehouse,
  asking: Asking,
  scope: Scope,
  nameOf: (period: string) => string,
): Promise<Renewals | null> {
  const by = asking.period === null || !/Q/.test(asking.period) ? 'fiscal_quarter' : 'fiscal_month';
  const { rows, totals } = await answer(warehouse, requestOf(alone(asking), { measures, by: [by] }), scope);
  const total = dueOf(totals);
  if (total.due === 0) return null;
  const periods = rows.filter((row) => dueOf(row).due > 0).slice(-12);
  return {
    total,
    columns,
    rows: periods.map((row) => rowOf(nameOf(String(row[by])), dueOf(row))),
  };
}
