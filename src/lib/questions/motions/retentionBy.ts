import { alone, requestOf, type Asking } from '../../asking/asking.ts';
import type { Column, Row } from '../../design/table.ts';
import { answer } from '../../metrics/answer.ts';
import { BadRequest } from '../../metrics/badRequest.ts';
import type { Scope } from '../../metrics/request.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { groupName, type Split } from '../splits.ts';
import { horizons } from './horizons.ts';
import { MINIMUM_CUSTOMERS, retainedOf, retentionMeasures, type Retained } from './retention.ts';

const split = (id: string, one: string, several: string): Split => ({
  id,
  name: id,
  one,
  several,
  label: one,
});

/** What customers can be told apart by. */
export const customerSplits: readonly Split[] = [
  split('segment', 'segment', 'segments'),
  split('region', 'region', 'regions'),
  split('industry', 'industry', 'industries'),
  split('country', 'country', 'countries'),
];

/** The split that a URL names, else the first that is not filtered down to one group. Throws BadRequest. */
export function customerSplitOf(search: URLSearchParams, { filters }: Pick<Asking, 'filters'>): Split {
  const id = search.get('by');
  if (id === null)
    return (
      customerSplits.find((one) => !filters.some(({ dimension }) => dimension === one.id)) ??
      customerSplits[0]!
    );
  const found = customerSplits.find((one) => one.id === id);
  if (found) return found;
  throw new BadRequest(
    'by',
    `"${id}" is nothing that customers are told apart by.`,
    customerSplits.map((one) => one.id),
  );
}

const columns: Column[] = [
  { id: 'customers', label: 'Customers at the start', unit: 'count', sortable: false, phone: 'line' },
  { id: 'gross', label: 'Gross retention', unit: 'rate', sortable: false, phone: 'line' },
  { id: 'grossInterval', label: '95% interval', sortable: false, phone: 'hide' },
  { id: 'grossWithRates', label: 'Gross, with exchange rates', unit: 'rate', sortable: false, phone: 'line' },
  { id: 'net', label: 'Net retention', unit: 'rate', sortable: false, phone: 'figure' },
  { id: 'netInterval', label: '95% interval', sortable: false, phone: 'hide' },
  { id: 'netWithRates', label: 'Net, with exchange rates', unit: 'rate', sortable: false, phone: 'line' },
  { id: 'logos', label: 'Customers kept', unit: 'rate', sortable: false, phone: 'line' },
  { id: 'logosInterval', label: '95% interval', sortable: false, phone: 'hide' },
];

/** The columns of the tables of retention: what exchange rates add only where they add anything. */
export function retentionColumns(label: string, all: Retained[]): Column[] {
  const same = new Set([
    ...(all.every(({ gross, withRates }) => gross.rate === withRates.gross) ? ['grossWithRates'] : []),
    ...(all.every(({ net, withRates }) => net.rate === withRates.net) ? ['netWithRates'] : []),
  ]);
  return [{ id: 'name', label, sortable: false }, ...columns.filter(({ id }) => !same.has(id))];
}

/** A row of the tables of retention; grey below ten customers. */
export function retentionRow(
  key: string,
  name: string,
  { gross, net, withRates, logos, customers }: Retained,
  words: (interval: Retained['gross']['interval']) => string | null,
): Row {
  return {
    key,
    cells: {
      name,
      customers,
      gross: gross.rate,
      grossInterval: words(gross.interval),
      net: net.rate,
      netInterval: words(net.interval),
      netWithRates: withRates.net,
      grossWithRates: withRates.gross,
      logos: logos.rate,
      logosInterval: words(logos.interval),
    },
    faint: customers < MINIMUM_CUSTOMERS,
  };
}

export interface RetentionBy {
  split: Split;
  groups: { name: string; retained: Retained }[];
  period: string;
}

/** A year's retention by what customers are, largest first; null where there is no year or nothing recurs. */
export async function retentionBy(
  warehouse: Warehouse,
  asking: Asking,
  by: Split,
  scope: Scope,
): Promise<RetentionBy | null> {
  const reached = horizons(warehouse, asking).filter(
    ({ period, quarters }) => period !== null && quarters <= 4,
  );
  const period = reached.at(-1)?.period;
  if (!period) return null;
  const { rows } = await answer(
    warehouse,
    requestOf(alone(asking), { measures: retentionMeasures, by: [by.id], period }),
    scope,
  );
  const groups = rows
    .map((row) => ({
      name: groupName(by, row),
      retained: retainedOf(row),
      start: Number(row.recurring_start ?? 0),
    }))
    .filter(({ retained }) => retained.customers > 0)
    .sort((a, b) => b.start - a.start);
  return groups.length === 0 ? null : { split: by, groups, period };
}
