import fc from 'fast-check';
import { rawOf } from '../../pipeline/load/rawOf.fixture.ts';
import * as write from './locales.ts';
import type { Dialect, Locale } from './locales.ts';

/** Money in cents, rates in hundredths of a percent, days as ISO. */
interface Deal {
  closed: string;
  created: string | null;
  amount: number | null;
  currency: string;
  lines: { quantity: number; unit: number; rate: number }[];
}

export interface Company {
  deals: Deal[];
  currency: string;
  dealFile: { locale: Locale; dialect: Dialect; tellsCurrency: boolean };
  lineFile: { locale: Locale; dialect: Dialect; hasAmounts: boolean };
}

const day = fc
  .integer({ min: Date.UTC(2023, 0, 1) / 86_400_000, max: Date.UTC(2026, 11, 31) / 86_400_000 })
  .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10));
const cents = fc.oneof(
  fc.integer({ min: -99_999, max: 99_999_999 }),
  fc.integer({ min: 1, max: 99_999 }).map((thousands) => thousands * 100_000),
);

const deal = (currency: fc.Arbitrary<string>): fc.Arbitrary<Deal> =>
  fc.record({
    closed: day,
    created: fc.option(day, { freq: 6 }),
    amount: fc.option(cents, { freq: 8 }),
    currency,
    lines: fc.array(
      fc.record({
        quantity: fc.integer({ min: 1, max: 5000 }),
        unit: fc.integer({ min: 1, max: 9_999_999 }),
        rate: fc.oneof(
          fc.constant(0),
          fc.integer({ min: 0, max: 9000 }),
          fc.constantFrom(500, 1000, 1500, 10_000),
        ),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  });

export const company: fc.Arbitrary<Company> = fc
  .constantFrom('USD', 'CAD', 'EUR', 'GBP', 'INR', 'CHF')
  .chain((currency) =>
    fc.record({
      currency: fc.constant(currency),
      deals: fc.oneof(
        fc.array(deal(fc.constant(currency)), { minLength: 3, maxLength: 20 }),
        fc.array(deal(fc.constantFrom(currency, 'EUR', 'GBP')), { minLength: 3, maxLength: 20 }),
      ),
      dealFile: fc.record({ locale: write.locale, dialect: write.dialect, tellsCurrency: fc.boolean() }),
      lineFile: fc.record({ locale: write.locale, dialect: write.dialect, hasAmounts: fc.boolean() }),
    }),
  );

const plain: Locale = {
  ...{ decimal: '.', group: '', indian: false, decimals: 'always', minus: 'before', currency: 'none' },
  ...{ percent: 'points', date: { kind: 'iso' }, nothing: '', plain: [] },
} as Locale;

/** Cents of what is left of a line's list. */
const netOf = ({ quantity, unit, rate }: Deal['lines'][number]) =>
  Math.round((quantity * unit * (10_000 - rate)) / 10_000);

function foot(dialect: Dialect, width: number, totals: [column: number, text: string]): string[][] {
  const row = (label: string) => [label, ...Array<string>(width - 1).fill('')];
  const rows: string[][] = [];
  if (dialect.totals) {
    const total = row(dialect.totals);
    total[totals[0]] = totals[1];
    rows.push(total);
  }
  if (dialect.footer) rows.push(row(dialect.footer));
  return rows;
}

export function dealFile({ deals, dealFile: { locale, dialect, tellsCurrency } }: Company): Buffer {
  const as = (column: number) => (locale.plain[column] ? { ...plain, nothing: locale.nothing } : locale);
  const money = as(0).currency === 'none' ? as(0) : locale;
  const inCells = money.currency !== 'none';
  const hasColumn = tellsCurrency || !inCells;
  const header = [
    'deal_id',
    'name',
    'owner_id',
    'closed_on',
    'created_on',
    'amount',
    ...(hasColumn ? ['currency'] : []),
  ];
  const rows = deals.map((one, at) => [
    `D${at}`,
    ['Total Wine', 'Müller & Söhne', 'Summe, GmbH', 'A "quoted" name', 'Plain'][at % 5]!,
    `u${at % 3}`,
    write.date(one.closed, as(1).date),
    one.created === null ? locale.nothing : write.date(one.created, as(2).date),
    one.amount === null ? locale.nothing : write.number(one.amount, 2, money, one.currency),
    ...(hasColumn ? [one.currency] : []),
  ]);
  const sum = deals.reduce((all, { amount }) => all + (amount ?? 0), 0);
  return write.written(header, rows, foot(dialect, header.length, [5, write.number(sum, 2, money)]), dialect);
}

export function lineFile({ deals, lineFile: { locale, dialect, hasAmounts } }: Company): Buffer {
  const as = (column: number) => (locale.plain[column] ? plain : locale);
  const numbers = { ...as(0), currency: 'none' as const };
  const header = ['deal_line_id', 'deal_id', 'product_id', 'quantity', 'unit_list', 'discount_percent'];
  if (hasAmounts) header.push('list_amount', 'net_amount');
  const rows = deals.flatMap(({ lines }, at) =>
    lines.map((line, part) => [
      `L${at}-${part}`,
      `D${at}`,
      `p${part}`,
      write.number(line.quantity, 0, as(1)),
      write.number(line.unit, 2, numbers),
      write.percent(line.rate, { ...locale, currency: 'none' }),
      ...(hasAmounts
        ? [write.number(line.quantity * line.unit, 2, numbers), write.number(netOf(line), 2, numbers)]
        : []),
    ]),
  );
  return write.written(
    header,
    rows,
    foot(dialect, header.length, [3, write.number(rows.length, 0, as(1))]),
    dialect,
  );
}

/** What a person who knows the files answers to the question asked of one of them. */
function answers(path: string, reason: string, { locale }: { locale: Locale }): string[] {
  const asked = (setting: string) => reason.includes(setting);
  const { kind } = locale.date;
  return [
    `  - path: ${path}`,
    ...(asked('date_order') ? [`    date_order: ${kind}`] : []),
    ...(asked('decimal_mark') ? [`    decimal_mark: ${locale.decimal === '.' ? 'point' : 'comma'}`] : []),
    ...(asked('percent:') ? [`    percent: ${locale.percent === 'fraction' ? 'fraction' : 'points'}`] : []),
  ];
}

const fourDecimals = (n: number | null) => (n === null ? null : (n / 100).toFixed(4));

export interface ReadBack {
  /** Rows of the file, and of them those that were loaded or set aside with a reason. */
  files: Record<string, [rowsIn: number, accountedFor: number, unread: string | null]>;
  deals: unknown[];
  lines: unknown[];
}

/** What was written, as it must come back. */
function expected({ deals, lineFile: { hasAmounts } }: Company, files: ReadBack['files']): ReadBack {
  const whole = Object.entries(files).map(([path, [rows]]) => [path, [rows, rows, null]]);
  return {
    files: Object.fromEntries(whole) as ReadBack['files'],
    deals: deals.map(({ closed, created, amount, currency }, at) => ({
      deal_id: `D${at}`,
      closed_on: closed,
      created_on: created,
      amount: fourDecimals(amount),
      // A cell without an amount tells no currency.
      currency: amount === null ? null : currency,
    })),
    lines: deals.flatMap(({ lines }, at) =>
      lines.map((line, part) => ({
        deal_line_id: `L${at}-${part}`,
        quantity: line.quantity.toFixed(4),
        unit_list: fourDecimals(line.unit),
        rate: fourDecimals(line.rate),
        net_amount: hasAmounts ? fourDecimals(netOf(line)) : null,
      })),
    ),
  };
}

/** Writes a company out, loads it, answers what is asked, and returns what came back beside what was written. */
export async function throughFiles(
  made: Company,
): Promise<{ read: ReadBack; expected: ReadBack; asked: string[] }> {
  const files = { 'deal.csv': dealFile(made), 'deal_line.csv': lineFile(made) };
  const configuration = `currency: ${made.currency}\n`;
  let raw = await rawOf(files, configuration);
  const asked = new Map<string, string>();
  // Answers may lead to another question: what a rate means is asked once its decimal mark is known.
  for (let round = 0; round < 3; round++) {
    const questions = raw.files.filter(({ is_question }) => is_question);
    if (questions.length === 0) break;
    for (const { path, unread_reason: reason } of questions)
      asked.set(path, `${asked.get(path) ?? ''} ${reason}`);
    const told = [...asked].flatMap(([path, reason]) =>
      answers(path, reason, path === 'deal.csv' ? made.dealFile : made.lineFile),
    );
    raw = await rawOf(files, `${configuration}files:\n${told.join('\n')}\n`);
  }
  const read: ReadBack = {
    files: Object.fromEntries(
      raw.files.map((file) => [
        file.path,
        [file.rows_in, file.rows_loaded + file.rows_set_aside, file.unread_reason],
      ]),
    ),
    deals: await raw.rows(
      `select deal_id, closed_on, created_on, amount, case when amount is not null then currency end as currency
       from raw.deal_row order by deal_id[2:]::integer`,
    ),
    lines: await raw.rows(
      `select deal_line_id, quantity, unit_list::decimal(18, 4) as unit_list, discount_percent::decimal(18, 4) as rate, net_amount
       from raw.deal_line_row order by deal_id[2:]::integer, deal_line_id`,
    ),
  };
  return {
    read,
    expected: expected(made, read.files),
    asked: [...asked.values()],
  };
}
