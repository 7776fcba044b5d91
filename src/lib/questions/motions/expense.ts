import { alone, requestOf, type Asking } from '../../asking/asking.ts';
import { answer } from '../../metrics/answer.ts';
import type { Filter, Request, Scope } from '../../metrics/request.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { lastYear, wholeQuarters } from './horizons.ts';
import { numberIn } from './retention.ts';

export interface ExpenseQuarter {
  period: string;
  expense: number;
  bookings: number;
  /** Someone's discount, contracts over several years by their first; null where no line says its kind. */
  discount: number | null;
  plain: number | null;
  loaded: number | null;
}

export interface ExpenseToBookings {
  quarters: ExpenseQuarter[];
  /** The last four of them together, where they follow on each other; else null. */
  year: ExpenseQuarter | null;
  departments: { name: string; counted: boolean }[];
}

/** Departments that sell, as far as their names say so. */
const sells = (department: string) => /sales/i.test(department);

/** The departments whose spend is counted: as the address says, else those whose names say that they sell. */
export function countedDepartments(all: readonly string[], asked: string | null): string[] {
  const named = asked?.split(',').filter((name) => all.includes(name)) ?? [];
  return named.length > 0 ? named : all.filter(sells);
}

/** What expense and bookings are asked with, quarter by quarter: the departments that count, and what was sold. */
export function requestsOfExpense(
  { departments }: Pick<ExpenseToBookings, 'departments'>,
  asking: Asking,
): [Request, Request] {
  const values = departments.flatMap(({ name, counted }) => (counted ? [name] : []));
  const ask = (measures: string[], filters: Filter[]) =>
    requestOf(alone(asking), { measures, by: ['fiscal_quarter'], filters, period: null });
  return [
    ask(['expense'], [{ dimension: 'department', not: false, kind: 'one of', values }]),
    ask(['net_amount', 'first_year_discretion'], []),
  ];
}

function quarterOf(
  period: string,
  expense: number,
  bookings: number,
  discount: number | null,
): ExpenseQuarter {
  const share = (of: number | null) => (of !== null && bookings > 0 ? of / bookings : null);
  return {
    ...{ period, expense, bookings, discount },
    plain: share(expense),
    loaded: share(discount === null ? null : expense + discount),
  };
}

/**
 * Sales expense ÷ bookings by whole quarter, plain and loaded with the discount that someone decided. Expense is the
 * company's: null where the reader filters or sees less than all, where none is loaded, or where no department sells.
 */
export async function expenseToBookings(
  warehouse: Warehouse,
  asking: Asking,
  scope: Scope,
): Promise<ExpenseToBookings | null> {
  if (asking.filters.length > 0 || scope.kind !== 'everything') return null;
  const ask = (measures: string[], by: string) =>
    answer(warehouse, requestOf(alone(asking), { measures, by: [by], period: null }), scope);
  const spent = await ask(['expense'], 'department');
  const all = spent.rows.flatMap(({ department }) => (department === null ? [] : [String(department)]));
  const counted = countedDepartments(all, asking.search.get('expense'));
  if (counted.length === 0) return null;
  const departments = all.toSorted().map((name) => ({ name, counted: counted.includes(name) }));
  const [ofExpense, ofBookings] = requestsOfExpense({ departments }, asking);
  const [expense, sold, kinds] = await Promise.all([
    answer(warehouse, ofExpense, scope),
    answer(warehouse, ofBookings, scope),
    ask(['discount'], 'discount_kind'),
  ]);
  const knowsKinds = kinds.rows.some(({ discount_kind: kind }) => kind !== null && kind !== 'unknown');
  const bookings = new Map(sold.rows.map((row) => [row.fiscal_quarter, row]));
  const cost = new Map(expense.rows.map((row) => [row.fiscal_quarter, numberIn(row, 'expense') ?? 0]));
  const whole = wholeQuarters(warehouse, asking);
  const quarters = whole
    .filter(({ period }) => cost.has(period) && bookings.has(period))
    .slice(-12)
    .map(({ period }) => {
      const row = bookings.get(period)!;
      const discount = knowsKinds ? (numberIn(row, 'first_year_discretion') ?? 0) : null;
      return quarterOf(period, cost.get(period)!, numberIn(row, 'net_amount') ?? 0, discount);
    });
  const last = lastYear(quarters, whole);
  const sum = (of: (quarter: ExpenseQuarter) => number) =>
    (last ?? []).reduce((total, quarter) => total + of(quarter), 0);
  return {
    quarters,
    year: last
      ? quarterOf(
          'year',
          sum(({ expense: spend }) => spend),
          sum(({ bookings: net }) => net),
          knowsKinds ? sum(({ discount }) => discount ?? 0) : null,
        )
      : null,
    departments,
  };
}

/** Doors that add a department to what is counted or take one out; the last one counted stays. */
export function departmentDoors(
  { departments }: ExpenseToBookings,
  href: (departments: string) => string,
): { label: string; href: string; current: boolean }[] {
  const counted = departments.flatMap((one) => (one.counted ? [one.name] : []));
  return departments.map(({ name, counted: current }) => {
    const others = counted.filter((other) => other !== name);
    const next = current ? (others.length > 0 ? others : counted) : [...counted, name];
    return { label: name, current, href: href(next.join(',')) };
  });
}
