import { alone, requestOf, type Asking } from '../asking/asking.ts';
import { period as periodName } from '../design/formats.ts';
import { answer, type AnswerRow } from '../metrics/answer.ts';
import { BadRequest } from '../metrics/badRequest.ts';
import type { Scope } from '../metrics/request.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

export interface BudgetRow {
  /** A region, or a quarter. */
  id: string | null;
  name: string;
  /** In the reporting currency; null where it has none. */
  budget: number | null;
  spent: number;
}

export interface Budget {
  by: 'region' | 'quarter';
  rows: BudgetRow[];
  /** Of all that has a budget. */
  budget: number;
  spent: number;
  /** Spent in these quarters where no budget is given, in no row and no sum. */
  outside: number;
  /** The quarter is not over yet. */
  isOpen: boolean;
  /** Deals behind what was spent. */
  n: number;
  coverage: number | null;
}

/** Quarters shown one by one. */
const SHOWN = 12;

const number = (row: AnswerRow, id: string) => (typeof row[id] === 'number' ? row[id] : null);

/** Whether a budget is given at all, whatever is asked. */
export async function hasBudget(warehouse: Warehouse): Promise<boolean> {
  const [found] = await warehouse.remember('budget given', () =>
    warehouse.rows<{ any: boolean }>('select exists (from marts.fact_budget) as any'),
  );
  return found?.any ?? false;
}

/** Budgets are of whole quarters: a span that cuts through one has none to be set against. */
function isWholeQuarters(warehouse: Warehouse, { span }: Asking): boolean {
  if (span === null) return true;
  const quarters = warehouse.periods.filter(({ kind }) => kind === 'quarter');
  return (
    (span.from === null || quarters.some(({ starts_on: start }) => start === span.from)) &&
    (span.to === null || quarters.some(({ ends_on: end }) => end === span.to))
  );
}

function summed(rows: readonly AnswerRow[], key: string, id: string): Map<string | null, number> {
  const sums = new Map<string | null, number>();
  for (const row of rows) {
    const name = (row[key] ?? null) as string | null;
    const amount = number(row, id);
    if (amount !== null) sums.set(name, (sums.get(name) ?? 0) + amount);
  }
  return sums;
}

const pair = ({ fiscal_quarter: quarter, region }: AnswerRow) => JSON.stringify([quarter, region ?? null]);

/** Rows of spend that a budget is given for: all of a quarter where the company has one, else those of its regions. */
export function withBudget(allowed: readonly AnswerRow[], spend: readonly AnswerRow[]) {
  const quarters = new Set(allowed.map(({ fiscal_quarter: quarter }) => quarter));
  // What the company may spend beyond its regions is a row without a region.
  const whole = new Set(
    allowed.flatMap(({ fiscal_quarter: quarter, region }) => (region == null ? [quarter] : [])),
  );
  const pairs = new Set(allowed.map(pair));
  const inQuarters = spend.filter(({ fiscal_quarter: quarter }) => quarters.has(quarter));
  const isGiven = (row: AnswerRow) => whole.has(row.fiscal_quarter!) || pairs.has(pair(row));
  return { given: inQuarters.filter(isGiven), not: inQuarters.filter((row) => !isGiven(row)) };
}

/**
 * Discount spend against what it may cost, by region over the period or by quarter over all that have a budget. Only
 * quarters and regions with a budget count on either side. Null where none is given for what is asked, or by what is
 * filtered for.
 */
export async function budget(
  warehouse: Warehouse,
  asking: Asking,
  by: Budget['by'],
  scope: Scope,
): Promise<Budget | null> {
  const period = by === 'quarter' ? null : asking.period;
  if (scope.kind !== 'everything' || (by === 'region' && !isWholeQuarters(warehouse, asking))) return null;
  const ask = (...measures: string[]) =>
    answer(
      warehouse,
      requestOf(alone(asking), { measures, by: ['fiscal_quarter', 'region'], period }),
      scope,
    );
  try {
    const [allowed, spend] = await Promise.all([ask('discount_budget'), ask('discount', 'deals')]);
    const all = [...new Set(allowed.rows.map(({ fiscal_quarter: quarter }) => String(quarter)))].toSorted();
    if (all.length === 0) return null;
    // What is not shown is in no sum either.
    const budgeted = new Set(by === 'quarter' ? all.slice(-SHOWN) : all);
    const budgetRows = allowed.rows.filter(({ fiscal_quarter: quarter }) => budgeted.has(String(quarter)));
    const { given, not } = withBudget(budgetRows, spend.rows);
    const key = by === 'region' ? 'region' : 'fiscal_quarter';
    const budgets = summed(budgetRows, key, 'discount_budget');
    const spent = summed(given, key, 'discount');
    const names = [...new Set([...budgets.keys(), ...spent.keys()])];
    const rows = names.map((id): BudgetRow => ({
      id,
      name: id === null ? `no ${by} named` : by === 'quarter' ? periodName(id) : id,
      budget: budgets.get(id) ?? null,
      spent: spent.get(id) ?? 0,
    }));
    const { data_on: today } = warehouse.build;
    const total = (of: (row: BudgetRow) => number) => rows.reduce((sum, row) => sum + of(row), 0);
    return {
      by,
      rows:
        by === 'quarter'
          ? rows.sort((a, b) => String(b.id).localeCompare(String(a.id)))
          : rows.sort((a, b) => b.spent - a.spent),
      budget: total((row) => row.budget ?? 0),
      spent: total((row) => row.spent),
      outside: not.reduce((sum, row) => sum + (number(row, 'discount') ?? 0), 0),
      isOpen: warehouse.periods.some(
        ({ kind, period: name, ends_on: end }) => kind === 'quarter' && budgeted.has(name) && end > today,
      ),
      n: given.reduce((sum, row) => sum + (number(row, 'deals') ?? 0), 0),
      coverage: spend.coverage,
    };
  } catch (error) {
    if (error instanceof BadRequest) return null;
    throw error;
  }
}
