import { moneyInWords, rate } from '../design/formats.ts';
import type { Column, Row } from '../design/table.ts';
import type { Budget, BudgetRow } from '../questions/budget.ts';

const over = ({ budget, spent }: BudgetRow) => (budget === null ? 0 : spent - budget);

/** Whether spend stayed within its budget, and where it did not. */
export function budgetInWords(
  { by, rows, budget, spent, outside, isOpen }: Budget,
  currency: string,
  /** What spend leaves out, where that is much. */
  leftOut = '',
): string {
  const say = (amount: number) => moneyInWords(amount, currency);
  const elsewhere = outside < 0.005 ? '' : ` Another ${say(outside)} was spent where no budget is given.`;
  const beside = leftOut === '' ? elsewhere : `${elsewhere} ${leftOut}`;
  if (!(budget > 0)) return `${say(spent)} was spent; the budget is nothing.${beside}`;
  const used = `${say(spent)} ${isOpen ? 'so far ' : ''}of a budget of ${say(budget)}, ${rate(spent / budget, 0)}`;
  const beyond = rows.filter((row) => over(row) > 0).toSorted((a, b) => over(b) - over(a));
  const several = by === 'region' ? 'regions' : 'quarters';
  if (beyond.length === 0) return `Discounts took ${used}; no ${by} is over its own.${beside}`;
  const [first] = beyond;
  return `Discounts took ${used}. ${beyond.length} of ${rows.filter((row) => row.budget !== null).length} ${several} ${beyond.length === 1 ? 'is' : 'are'} over: ${first!.name} by most, ${say(over(first!))}.${beside}`;
}

const columns = (by: Budget['by']): Column[] => [
  { id: 'name', label: by === 'region' ? 'Region' : 'Quarter', sortable: false },
  { id: 'budget', label: 'Budget', unit: 'money', sortable: false, phone: 'line' },
  { id: 'spent', label: 'Spent', unit: 'money', sortable: false, phone: 'figure' },
  { id: 'used', label: 'Used', unit: 'rate', bar: true, sortable: false, phone: 'line' },
  { id: 'over', label: 'Over or under', unit: 'money', signed: true, sortable: false, phone: 'line' },
];

/** Each region or quarter with what it may spend and what it spent; `hrefOf` leads to its deals. */
export function budgetTable(
  { by, rows, budget, spent }: Budget,
  hrefOf: (row: BudgetRow) => string,
): { columns: Column[]; rows: Row[]; total: Row } {
  const cells = (row: BudgetRow) => ({
    ...{ name: row.name, budget: row.budget, spent: row.spent },
    used: row.budget !== null && row.budget > 0 ? row.spent / row.budget : null,
    over: row.budget === null ? null : row.spent - row.budget,
  });
  return {
    columns: columns(by),
    rows: rows.map((row) => ({
      key: row.id ?? '',
      href: hrefOf(row),
      cells: cells(row),
      ...(over(row) > 0 ? { alarm: ['over'] } : {}),
    })),
    total: { key: 'all', cells: cells({ id: null, name: 'All', budget, spent }) },
  };
}
