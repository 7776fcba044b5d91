import { requestOf, dealsHref, downloadDoors, type Asking } from '../asking/asking.ts';
import { readSort, sorted, type Column, type Row, type Sort } from '../design/table.ts';
import { answer, type Answer, type AnswerRow } from '../metrics/answer.ts';
import type { Scope } from '../metrics/request.ts';
import { MINIMUM_DEALS } from '../statistics/standOut.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { groupName, keysOf, type Split } from './splits.ts';

/** Groups shown before the rest is summed into one row. */
const SHOWN = 25;

/** What each table of spend asks for. */
export const spendMeasures = ['discount', 'list_amount', 'discount_rate', 'deals'];
/** What it asks for besides where margin is wanted. */
const marginMeasures = ['gross_margin', 'gross_margin_rate', 'cost_coverage'];
export const standardSort: Sort = { column: 'discount', descending: true };

export interface Spend {
  split: Split;
  answered: Answer;
  columns: Column[];
  rows: Row[];
  total: Row;
  sort: Sort;
  /** The largest group by discount, for the sentence; null where there is none. */
  largest: {
    name: string;
    /** The group has a name or an id. */ known: boolean;
    discount: number;
    share: number;
  } | null;
  groups: number;
  downloads: { label: string; href: string }[];
}

const columnsFor = (split: Split, compared: boolean, withMargin: boolean): Column[] => [
  { id: 'name', label: split.label[0]!.toUpperCase() + split.label.slice(1) },
  { id: 'list_amount', label: 'List', unit: 'money', phone: 'line' },
  { id: 'discount', label: 'Discount', unit: 'money', phone: 'figure' },
  { id: 'share', label: 'Share', unit: 'rate', bar: true, phone: 'line' },
  { id: 'discount_rate', label: 'Rate', unit: 'rate', phone: 'line' },
  ...(compared
    ? [{ id: 'change', label: 'Change', unit: 'points', signed: true, phone: 'line' } satisfies Column]
    : []),
  ...(withMargin
    ? ([
        { id: 'gross_margin', label: 'Gross margin', unit: 'money', phone: 'line' },
        { id: 'gross_margin_rate', label: 'Of net', unit: 'rate', phone: 'line' },
        { id: 'cost_coverage', label: 'Cost known', unit: 'rate', phone: 'line' },
      ] satisfies Column[])
    : []),
  { id: 'deals', label: 'Deals', unit: 'count', phone: 'line' },
];

const number = (row: AnswerRow, id: string) => (typeof row[id] === 'number' ? row[id] : null);

/** Below the minimum of deals on either side a rate is shown and not compared. */
const isCompared = (row: AnswerRow) =>
  Math.min(number(row, 'deals') ?? 0, number(row, 'deals_before') ?? 0) >= MINIMUM_DEALS;

function cells(row: AnswerRow, whole: number): Row['cells'] {
  const discount = number(row, 'discount');
  return {
    list_amount: number(row, 'list_amount'),
    discount,
    share: discount === null || whole <= 0 ? null : discount / whole,
    discount_rate: number(row, 'discount_rate'),
    change: isCompared(row) ? number(row, 'discount_rate_change') : null,
    deals: number(row, 'deals'),
    ...Object.fromEntries(marginMeasures.map((id) => [id, number(row, id)])),
  };
}

/** The groups that are not shown, as one row, so that the table still adds up. */
function rest(hidden: Row[], split: Split): Row {
  const sum = (id: string) => hidden.reduce((total, row) => total + Number(row.cells[id] ?? 0), 0);
  const list = sum('list_amount');
  return {
    key: 'the rest',
    cells: {
      name: `${hidden.length} other ${split.several}`,
      list_amount: list,
      discount: sum('discount'),
      share: sum('share'),
      discount_rate: list > 0 ? sum('discount') / list : null,
      change: null,
      deals: null,
    },
    faint: true,
  };
}

/** Ids that go by several names, such as of a customer who was renamed: each name is a row of its own. */
function renamed(rows: readonly AnswerRow[], { id, name }: Split): Set<unknown> {
  const seen = new Set<unknown>();
  const again = (value: unknown) => seen.size === seen.add(value).size;
  return new Set(id === name ? [] : rows.map((row) => row[id]).filter(again));
}

/** Where discounts are spent: one row a group, largest first, adding up to the page's total to the cent. */
export async function spendBy(
  warehouse: Warehouse,
  asking: Asking,
  split: Split,
  scope: Scope,
  parameter = 'sort',
  withMargin = false,
): Promise<Spend> {
  const measures = [...spendMeasures, ...(withMargin ? marginMeasures : [])];
  const question = { measures, by: keysOf(split) };
  const answered = await answer(warehouse, requestOf(asking, question), scope);
  const whole = number(answered.totals, 'discount') ?? 0;
  const columns = columnsFor(split, asking.before !== null, withMargin);
  const sort = readSort(asking.search.get(parameter), columns) ?? standardSort;
  const several = renamed(answered.rows, split);
  const text = (value: unknown) => (value === null || value === undefined ? null : String(value));
  const rows = answered.rows
    .filter((row) => (number(row, 'deals') ?? 0) > 0 || number(row, 'discount') !== null)
    .map((row): Row => {
      const id = row[split.id];
      return {
        key: several.has(id) ? `${id} ${row[split.name]}` : String(id),
        href: dealsHref(asking, {
          [split.id]: text(id),
          ...(several.has(id) ? { [split.name]: text(row[split.name]) } : {}),
        }),
        cells: { name: groupName(split, row), ...cells(row, whole) },
        faint: (number(row, 'deals') ?? 0) < MINIMUM_DEALS,
      };
    });
  const inOrder = sorted(rows, sort);
  const shown =
    inOrder.length > SHOWN + 1 ? [...inOrder.slice(0, SHOWN), rest(inOrder.slice(SHOWN), split)] : inOrder;
  const [first] = sorted(rows, standardSort);
  const discount = Number(first?.cells.discount ?? 0);
  return {
    split,
    answered,
    columns,
    rows: shown,
    total: { key: 'all', cells: { name: 'All', ...cells(answered.totals, whole) } },
    sort,
    largest:
      first && discount > 0
        ? {
            name: String(first.cells.name),
            known: first.key !== String(null),
            discount,
            share: discount / whole,
          }
        : null,
    groups: rows.length,
    downloads: downloadDoors(asking, question),
  };
}
