import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BuildReport } from '../../../pipeline/build.ts';
import { openWarehouse, type Warehouse } from '../../../src/lib/warehouse/warehouse.ts';
import { ask, askHere, load, scratchFolder, type AnswerRow } from './asking.ts';
import { mapping, outsideData } from './outsideData.ts';
import { differences, sum, type Figures } from './reconcile.ts';

const raven = outsideData('ravenstack_saas');
const { folder, remove } = scratchFolder();
afterAll(remove);

interface Span {
  account: string;
  from: string;
  to: string;
  amount: number;
}

const spans = (): Span[] =>
  raven.csv('ravenstack_subscriptions.csv').map((row) => ({
    account: row.account_id!,
    from: row.start_date!,
    to: row.end_date || '9999-12-31',
    // Whole dollars, so that sums are exact.
    amount: Number(row.mrr_amount),
  }));

/** What each customer pays on the evening of a day. */
function paidOn(all: Span[], day: string): Map<string, number> {
  const paid = new Map<string, number>();
  for (const { account, from, to, amount } of all)
    if (from <= day && to > day) paid.set(account, (paid.get(account) ?? 0) + amount);
  return paid;
}

const lastDay = (year: number, month: number) =>
  new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);

/** Retention and its parts between two evenings, customer by customer. */
function between(all: Span[], before: string, after: string): Figures {
  const [start, end] = [paidOn(all, before), paidOn(all, after)];
  const told = {
    start: 0,
    end: 0,
    new: 0,
    expansion: 0,
    contraction: 0,
    churn: 0,
    kept: 0,
    stayed: 0,
    cohort: 0,
    ended: 0,
  };
  for (const account of new Set([...start.keys(), ...end.keys()])) {
    const [from, to] = [start.get(account) ?? 0, end.get(account) ?? 0];
    told.start += from;
    told.end += to;
    if (from === 0) told.new += to;
    else if (to === 0) told.churn -= from;
    else if (to > from) told.expansion += to - from;
    else told.contraction += to - from;
    told.kept += Math.min(from, to);
    told.cohort += Number(from > 0);
    told.stayed += Number(from > 0 && to > 0);
    told.ended += Number(to > 0);
  }
  return {
    ...told,
    gross: told.start > 0 ? told.kept / told.start : null,
    net: told.start > 0 ? (told.end - told.new) / told.start : null,
    logos: told.cohort > 0 ? told.stayed / told.cohort : null,
  };
}

const measures =
  'recurring_start,recurring_end,recurring_new,recurring_expansion,recurring_contraction,recurring_churn,recurring_price,recurring_currency,gross_retention,net_retention,logo_retention,customers_start,customers_kept,customers_end';
const figures = {
  start: 'recurring_start',
  end: 'recurring_end',
  new: (row: AnswerRow) => Number(row.recurring_new ?? 0),
  expansion: (row: AnswerRow) => Number(row.recurring_expansion ?? 0),
  contraction: (row: AnswerRow) => Number(row.recurring_contraction ?? 0),
  churn: (row: AnswerRow) => Number(row.recurring_churn ?? 0),
  stayed: 'customers_kept',
  cohort: 'customers_start',
  ended: 'customers_end',
};
const rates = { gross: 'gross_retention', net: 'net_retention', logos: 'logo_retention' };

describe.skipIf(!raven.isThere)('RavenStack', () => {
  const out = join(folder, 'ravenstack.duckdb');
  let report: BuildReport;
  let warehouse: Warehouse;
  let all: Span[];
  beforeAll(async () => {
    report = await load(out, mapping('ravenstack_saas'), raven.folder);
    warehouse = await openWarehouse(out);
    all = spans();
  });
  afterAll(() => warehouse?.close());

  const periods = [2023, 2024].flatMap((year) =>
    [...Array(12).keys()].map((at) => ({
      fiscal_month: `${year}-M${String(at + 1).padStart(2, '0')}`,
      before: lastDay(year, at),
      after: lastDay(year, at + 1),
    })),
  );

  test('loses no subscription', async () => {
    const [whole] = raven.expected('rowcounts');
    const file = report.files.find(({ path }) => path === 'ravenstack_subscriptions.csv')!;
    expect(file).toMatchObject({
      rows_in: Number(whole!.subs),
      rows_loaded: Number(whole!.subs),
      rows_rejected: 0,
    });
    expect(report.checks.filter(({ severity, passed }) => severity === 'block' && !passed)).toEqual([]);
    const [read] = await warehouse.rows<Figures>(
      `select sum(monthly_net)::varchar as mrr_all_rows,
         (sum(monthly_net) filter (ended_on is null))::varchar as mrr_open_rows, count(*) filter (ended_on is null) as open_rows,
         (sum(monthly_net) filter (ended_on is not null))::varchar as churned_mrr, count(ended_on) as churned
       from core.subscription`,
    );
    const names = ['mrr_all_rows', 'mrr_open_rows', 'open_rows', 'churned_mrr', 'churned'];
    expect(
      differences([read!], raven.expected('totals'), {
        figures: Object.fromEntries(names.map((id) => [id, id])),
      }),
    ).toEqual([]);
  });

  test('recurs as expected at each month’s end, and by plan', async () => {
    const { rows } = await ask(out, `measures=recurring_end&by=fiscal_month`);
    const expected = raven.expected('mrr_active_by_month_end');
    const ours = rows.filter(({ fiscal_month: month }) => String(month) < '2025');
    expect(
      differences(ours, expected, {
        key: {
          me: (row: AnswerRow) =>
            periods.find(({ fiscal_month }) => fiscal_month === row.fiscal_month)!.after,
        },
        figures: { mrr: 'recurring_end' },
      }),
    ).toEqual([]);
    expect(
      differences(
        await warehouse.rows<Figures>(
          `select product_id as plan_tier, count(*) as n, sum(quantity)::bigint as seats, sum(monthly_net)::varchar as mrr
           from core.subscription where monthly_net > 0 group by product_id`,
        ),
        raven.expected('by_plan'),
        { key: { plan_tier: 'plan_tier' }, figures: { n: 'n', seats: 'seats', mrr: 'mrr' } },
      ),
    ).toEqual([]);
    // A reader asks for the year, and meets its last evening.
    const [year] = (await ask(out, 'measures=recurring_end&fiscal_year=2024')).rows;
    expect(Number(year!.recurring_end)).toBe(Number(raven.expected('totals')[0]!.mrr_open_rows));
  });

  test('keeps in each month what a plain walk through the subscriptions keeps', async () => {
    const { rows } = await askHere(warehouse, `measures=${measures}&by=fiscal_month`);
    const ours = rows.filter(({ fiscal_month: month }) => String(month) < '2025');
    const plain = periods.map(({ fiscal_month, before, after }) => ({
      fiscal_month,
      ...between(all, before, after),
    }));
    const key = { fiscal_month: 'fiscal_month' };
    expect(differences(ours, plain, { key, figures })).toEqual([]);
    // Before the first ending nobody is known to have left.
    const first = raven
      .csv('ravenstack_subscriptions.csv')
      .flatMap((row) => row.end_date || [])
      .toSorted()[0]!;
    const known = plain.filter(
      ({ fiscal_month: month }) => periods.find((one) => one.fiscal_month === month)!.after >= first,
    );
    expect(known.length).toBeGreaterThan(18);
    const told = (row: AnswerRow) => known.some(({ fiscal_month: month }) => month === row.fiscal_month);
    expect(differences(ours.filter(told), known, { key, figures: rates, within: 1e-9 })).toEqual([]);
    expect(ours.filter((row) => !told(row)).every((row) => row.gross_retention === null)).toBe(true);
    // No contract names one that it renews, and there is one currency: nothing is price or exchange rates.
    expect(sum(ours, 'recurring_price') + sum(ours, 'recurring_currency')).toBe(0);
  });

  test('keeps over quarters and a year what the plain walk keeps between their two evenings', async () => {
    const quarters = [1, 2, 3, 4].map((quarter) => ({
      fiscal_quarter: `2024-Q${quarter}`,
      ...between(all, lastDay(2024, quarter * 3 - 3), lastDay(2024, quarter * 3)),
    }));
    const { rows } = await askHere(warehouse, `measures=${measures}&by=fiscal_quarter&period=2024`);
    expect(
      differences(rows, quarters, {
        key: { fiscal_quarter: 'fiscal_quarter' },
        figures: { ...figures, ...rates },
        within: 1e-9,
      }),
    ).toEqual([]);
    const year = await askHere(warehouse, `measures=${measures}&period=2024`);
    const plain = between(all, '2023-12-31', '2024-12-31');
    expect(differences(year.rows, [plain], { figures: { ...figures, ...rates }, within: 1e-9 })).toEqual([]);
    // The year is a cohort of its own, not a chain of its quarters: who grew first may shrink later and lose nothing.
    const chained = rows.reduce((product, row) => product * Number(row.gross_retention), 1);
    expect(Number(year.rows[0]!.gross_retention)).toBeGreaterThan(chained + 0.01);
    const parts = ['new', 'expansion', 'contraction', 'churn', 'price', 'currency'];
    const change = parts.reduce((total, id) => total + Number(year.rows[0]![`recurring_${id}`] ?? 0), 0);
    expect(Number(year.rows[0]!.recurring_end) - Number(year.rows[0]!.recurring_start)).toBe(change);
  });

  test('keeps by industry what adds up to the whole', async () => {
    const { rows, totals } = await askHere(warehouse, `measures=${measures}&by=industry&period=2024`);
    for (const id of ['recurring_start', 'recurring_end', 'recurring_churn', 'customers_start'])
      expect(sum(rows, id)).toBe(Number(totals[id]));
  });
});
