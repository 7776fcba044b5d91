import type { Asking } from '../../asking/asking.ts';
import { BadRequest } from '../../metrics/badRequest.ts';
import type { AnswerRow } from '../../metrics/answer.ts';
import type { Scope } from '../../metrics/request.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { ask, numberIn, textIn } from './asked.ts';

/** A way to split the value recorded. */
export interface ValueSplit {
  id: string;
  name: string;
  label: string;
}

export const valueSplits: readonly ValueSplit[] = [
  { id: 'outcome_id', name: 'outcome_name', label: 'outcome' },
  { id: 'persona', name: 'persona', label: 'persona' },
  { id: 'region', name: 'region', label: 'region' },
  { id: 'segment', name: 'segment', label: 'segment' },
  { id: 'rep_id', name: 'rep_name', label: 'rep' },
  { id: 'fiscal_quarter', name: 'fiscal_quarter', label: 'quarter' },
];

/** The split that the address names; the outcomes where it names none. */
export function valueSplitOf(search: URLSearchParams): ValueSplit {
  const id = search.get('by') ?? valueSplits[0]!.id;
  const found = valueSplits.find((split) => split.id === id);
  if (found) return found;
  throw new BadRequest(
    'by',
    `"${id}" is no way to split the value recorded.`,
    valueSplits.map((split) => split.id),
  );
}

export interface ValueGroup {
  key: string;
  name: string | null;
  value: number;
  confirmed: number;
  estimated: number;
  deals: number;
}

export interface Recorded {
  split: ValueSplit;
  groups: ValueGroup[];
  /** Over all deals asked about: open, won and lost. */
  value: number;
  confirmed: number;
  estimated: number;
  deals: number;
  /** Deals with value ÷ all deals. */
  coverage: number | null;
  /** Groups that hold nothing but steps on the way to final outcomes. */
  steps: string[];
}

const measures = ['value_recorded', 'value_confirmed', 'value_estimated', 'deals_with_value'];

const groupOf = (row: AnswerRow, { id, name }: ValueSplit): ValueGroup => ({
  key: textIn(row, id) ?? '',
  name: textIn(row, name) ?? textIn(row, id),
  value: numberIn(row, 'value_recorded') ?? 0,
  confirmed: numberIn(row, 'value_confirmed') ?? 0,
  estimated: numberIn(row, 'value_estimated') ?? 0,
  deals: numberIn(row, 'deals_with_value') ?? 0,
});

/** What is recorded of value, by evidence and by one split; null where nothing is. */
export async function recorded(
  warehouse: Warehouse,
  asking: Asking,
  split: ValueSplit,
  scope: Scope,
): Promise<Recorded | null> {
  const by = split.id === split.name ? [split.id] : [split.id, split.name];
  const [whole, cover, parts] = await Promise.all([
    ask(warehouse, asking, scope, { measures }),
    ask(warehouse, asking, scope, { measures: ['value_coverage'] }),
    ask(warehouse, asking, scope, { measures, by }),
  ]);
  const total = groupOf(whole.totals, split);
  if (numberIn(whole.totals, 'value_recorded') === null) return null;
  const groups = parts.rows.map((row) => groupOf(row, split));
  const inOrder = split.id === 'fiscal_quarter' ? groups : groups.toSorted((a, b) => b.value - a.value);
  return {
    ...{
      split,
      value: total.value,
      confirmed: total.confirmed,
      estimated: total.estimated,
      deals: total.deals,
    },
    groups: inOrder.filter(({ deals }) => deals > 0),
    coverage: numberIn(cover.totals, 'value_coverage'),
    steps: inOrder.flatMap(({ deals, name }) => (deals === 0 && name !== null ? [name] : [])),
  };
}
