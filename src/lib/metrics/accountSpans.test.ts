import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DuckDBConnection } from '@duckdb/node-api';
import { compile } from './compile.ts';
import { everything, parseRequest } from './request.ts';

/** What a customer pays at the end of each of eight months, from one evening before the first. */
type Paid = { segment: string; by: number[] };

const months = ['2025-M11', '2025-M12', '2026-M01', '2026-M02', '2026-M03', '2026-M04', '2026-M05'];
const starts = [
  '2025-11-01',
  '2025-12-01',
  '2026-01-01',
  '2026-02-01',
  '2026-03-01',
  '2026-04-01',
  '2026-05-01',
];

let connection: DuckDBConnection;
beforeAll(async () => {
  connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run('create schema marts');
});
afterAll(() => connection.closeSync());

async function given(customers: Paid[]): Promise<void> {
  const rows = customers.flatMap(({ segment, by }, at) =>
    starts.flatMap((start, month) => {
      const [from, to] = [by[month]!, by[month + 1]!];
      if (from === 0 && to === 0) return [];
      return [
        `('c${at}', '${segment}', date '${start}', '${months[month]}', '${start < '2026' ? '2025-Q4' : start < '2026-04' ? '2026-Q1' : '2026-Q2'}',
          ${start.slice(0, 4)}, ${from}, ${to}, 0, 0, 0, 0, 0, 0, 0, 0, true)`,
      ];
    }),
  );
  await connection.run(`create or replace table marts.fact_account_month (account_id varchar, segment varchar,
    month_starts_on date, fiscal_month varchar, fiscal_quarter varchar, fiscal_year integer,
    start_base decimal(18, 4), end_base decimal(18, 4), price_base decimal(18, 4), currency_base decimal(18, 4),
    due_lines bigint, renewed_lines bigint, on_time_lines bigint, due_base decimal(18, 4),
    renewed_base decimal(18, 4), on_time_base decimal(18, 4), knows_churn boolean);
    alter table marts.fact_account_month add column rep_id varchar`);
  if (rows.length > 0)
    await connection.run(`insert into marts.fact_account_month
      select *, null from (values ${rows.join(', ')})`);
}

async function ask(search: string, from: string | null = null, to: string | null = null) {
  const span = from === null ? null : { from, to, period: null };
  const { sql, parameters } = compile(
    parseRequest(new URLSearchParams(search)),
    { now: span, before: null },
    everything,
  );
  return (await connection.runAndReadAll(sql, parameters)).getRowObjectsJson() as Record<
    string,
    string | number
  >[];
}

const measures =
  'measures=recurring_start,recurring_end,recurring_new,recurring_expansion,recurring_contraction,recurring_churn,recurring_price,recurring_currency,gross_retention,net_retention,customers_start';

const paid = fc.array(
  fc.record({
    segment: fc.constantFrom('SMB', 'Enterprise'),
    by: fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 500 })), { minLength: 8, maxLength: 8 }),
  }),
  { minLength: 1, maxLength: 12 },
);

describe('customers over a span', () => {
  it('are a closed cohort: gross retention is at most 100%, and the parts add up whatever happened in between', async () => {
    await fc.assert(
      fc.asyncProperty(
        paid,
        fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 })),
        async (customers, [one, other]) => {
          const [first, last] = [Math.min(one, other), Math.max(one, other)];
          await given(customers);
          const [row] = await ask(measures, starts[first]!, starts[last + 1] ?? '2026-06-01');
          const value = (id: string) => Number(row![id] ?? 0);
          const cohort = customers.filter(({ by }) => by[first]! > 0);
          const sum = (of: (by: number[]) => number, among = customers) =>
            among.reduce((total, { by }) => total + of(by), 0);
          const start = sum((by) => by[first]!);
          expect(value('recurring_start')).toBe(start);
          expect(value('recurring_end')).toBe(sum((by) => by[last + 1]!));
          expect(value('customers_start')).toBe(cohort.length);
          const parts = ['expansion', 'contraction', 'churn', 'price', 'currency'].map((id) =>
            value(`recurring_${id}`),
          );
          const change = parts.reduce((total, part) => total + part, 0);
          expect(start + change + value('recurring_new')).toBe(value('recurring_end'));
          if (cohort.length === 0) return;
          expect(value('net_retention')).toBeCloseTo((start + change) / start, 12);
          expect(value('gross_retention')).toBeCloseTo(
            sum((by) => Math.min(by[first]!, by[last + 1]!), cohort) / start,
            12,
          );
          expect(value('gross_retention')).toBeLessThanOrEqual(1);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('start each quarter anew, and the total once', async () => {
    await given([{ segment: 'SMB', by: [10, 10, 20, 20, 20, 5, 5, 5] }]);
    const rows = await ask('measures=recurring_start,recurring_end,gross_retention&by=fiscal_quarter');
    expect(
      rows.map((row) => [row.fiscal_quarter, row.recurring_start, row.recurring_end, row.gross_retention]),
    ).toEqual([
      [null, '10.0000', '5.0000', 0.5],
      ['2025-Q4', '10.0000', '20.0000', 1],
      ['2026-Q1', '20.0000', '5.0000', 0.25],
      ['2026-Q2', '5.0000', '5.0000', 1],
    ]);
  });

  it('stay in the group that they began in', async () => {
    await given([
      { segment: 'SMB', by: [10, 10, 10, 10, 10, 10, 10, 10] },
      { segment: 'Enterprise', by: [0, 0, 7, 7, 7, 7, 7, 7] },
    ]);
    await connection.run(
      `update marts.fact_account_month set segment = 'Enterprise' where account_id = 'c0' and month_starts_on >= '2026-02-01'`,
    );
    const rows = await ask('measures=recurring_start,recurring_end&by=segment');
    expect(rows.map((row) => [row.segment, row.recurring_start, row.recurring_end])).toEqual([
      [null, '10.0000', '17.0000'],
      ['Enterprise', '0.0000', '7.0000'],
      ['SMB', '10.0000', '10.0000'],
    ]);
    expect(await ask('measures=recurring_end&segment=SMB')).toMatchObject([{ recurring_end: '10.0000' }]);
  });
});
