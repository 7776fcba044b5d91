import { count, decimal, moneyInWords, period, rate } from '../design/formats.ts';
import type { Column, Row } from '../design/table.ts';
import type { ExpenseToBookings } from '../questions/motions/expense.ts';
import { published, type Leverage } from '../questions/profit/leverage.ts';

/** What one percent of price does to profit, beside what others found. */
export function leverageInWords(
  { gain, kept, leverage, isYear, months }: Leverage,
  currency: string,
): string {
  const say = (amount: number) => moneyInWords(amount, currency);
  const found = published.map((one) => `${rate(one.leverage)} (${one.by})`).join(' and ');
  const worth =
    kept < gain ? `${say(gain)}, of which ${say(kept)} is left after what scales with price` : say(gain);
  if (leverage === null)
    return `One percent of price is worth ${worth} ${isYear ? 'a year' : `in ${count(months.n, 'month')}`}; without an operating profit it is no share of one.`;
  return `One percent of price is worth ${worth}: ${rate(leverage)} of ${isYear ? "a year's operating profit" : `the operating profit of the ${count(months.n, 'month')} of which it is known`}, if no sale is lost for it. Published averages are ${found}.`;
}

/** What was summed and what was not taken off. */
export function leverageNote({ periods, months, isYear, commission, partners }: Leverage): string {
  const missing = [
    commission === null ? 'commission: no plan of pay is loaded' : '',
    partners === null ? 'rebates and channel funds: none are loaded' : '',
  ].filter(Boolean);
  return [
    `${count(periods, 'period')} of the income statement from ${period(months.first)} to ${period(months.last)}, of the whole company.`,
    isYear
      ? ''
      : 'Less than a year: for the rest, revenue or operating profit is not known. What was given back is that of the same months.',
    missing.length > 0 ? `Not taken off: ${missing.join('; ')}.` : '',
    ...published.map(({ leverage, of, by, source }) => `${rate(leverage)}: ${of} (${by}, ${source}).`),
  ]
    .filter(Boolean)
    .join(' ');
}

const leverageColumns = (span: string): Column[] => [
  { id: 'name', label: `Of ${span}`, sortable: false },
  { id: 'amount', label: 'Amount', unit: 'money', sortable: false, phone: 'figure' },
  { id: 'of_revenue', label: 'Of revenue', unit: 'rate', sortable: false, phone: 'line' },
  { id: 'of_profit', label: 'Of operating profit', unit: 'rate', sortable: false, phone: 'line' },
];

/** From one percent of price to what is left of it, in money and against profit. */
export function leverageTable(found: Leverage): { columns: Column[]; rows: Row[] } {
  const { revenue, profit, gain, commission, partners, kept, isYear, months } = found;
  const row = (key: string, name: string, amount: number): Row => ({
    key,
    cells: {
      ...{ name, amount },
      of_revenue: amount / revenue,
      of_profit: profit > 0 && key !== 'revenue' ? amount / profit : null,
    },
  });
  return {
    columns: leverageColumns(isYear ? 'a year' : count(months.n, 'month')),
    rows: [
      row('revenue', 'Revenue', revenue),
      row('profit', 'Operating profit', profit),
      row('gain', 'One percent of price', gain),
      ...(commission === null ? [] : [row('commission', 'Commission on it', -gain * commission)]),
      ...(partners === null ? [] : [row('partners', 'Rebates and channel funds on it', -gain * partners)]),
      row('kept', 'What is left of it', kept),
    ],
  };
}

const claim = 'The claim is that it “may be twice what you think it is” (Boundy)';

/** What selling costs with the discounts that someone decided counted to it. */
export function loadedInWords({ year, quarters }: ExpenseToBookings, currency: string): string {
  const last = year ?? quarters.at(-1);
  if (!last || !(last.expense > 0)) return 'No whole quarter has both expense and bookings.';
  const latest = period(quarters.at(-1)!.period);
  const span = year ? `Over the four quarters to ${latest}` : `In ${latest}`;
  const spent = `${span} sales cost ${moneyInWords(last.expense, currency)}`;
  if (last.discount === null)
    return `${spent}; what discounts add is not known, since no line says what kind its discount is.`;
  const times = decimal((last.expense + last.discount) / last.expense);
  return `${spent}. With the ${moneyInWords(last.discount, currency)} of discount that someone decided it comes to ${times} times as much. ${claim}.`;
}

/** Whose spend is counted, and how much of a contract's discount. */
export function loadedNote({ departments }: ExpenseToBookings): string {
  const counted = departments.flatMap(({ name, counted: is }) => (is ? [name] : []));
  return `Expense of ${counted.join(', ')}, of the whole company. Discretionary discount of deals won in the same quarter, of contracts over several years that of the first. The claim is from Boundy, “When Sales isn’t Paid on Profits — You Get What You Pay For”.`;
}

const loadedColumns: Column[] = [
  { id: 'name', label: 'Quarter', sortable: false },
  { id: 'expense', label: 'Expense', unit: 'money', sortable: false, phone: 'line' },
  { id: 'discount', label: 'Discretionary discount', unit: 'money', sortable: false, phone: 'line' },
  { id: 'loaded', label: 'Both', unit: 'money', sortable: false, phone: 'line' },
  { id: 'times', label: 'Times the expense', unit: 'number', sortable: false, phone: 'figure' },
];

/** Expense and discount quarter by quarter, the latest first, and of the year. */
export function loadedTable({ quarters, year }: ExpenseToBookings): {
  columns: Column[];
  rows: Row[];
  total?: Row;
} {
  const row = ({ period: name, expense, discount }: (typeof quarters)[number]): Row => ({
    key: name,
    cells: {
      name: name === 'year' ? 'Four quarters' : period(name),
      ...{ expense, discount },
      loaded: discount === null ? null : expense + discount,
      times: discount === null || !(expense > 0) ? null : (expense + discount) / expense,
    },
  });
  return {
    columns: loadedColumns,
    rows: quarters.slice(-4).map(row).toReversed(),
    ...(year ? { total: row(year) } : {}),
  };
}
