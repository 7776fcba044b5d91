import * as Plot from '@observablehq/plot';
import type { Table } from 'apache-arrow';
import { moneyShort, moneyTight, period as periodLabel, rate } from '../design/formats.ts';
import type { Chart, ChartOptions, RowOf } from './chart.ts';
import { ACCENT, INK, INK_2, INK_3, isNarrow, NEUTRAL, plotOn, tip } from './ground.ts';
import { rowsOf } from './rows.ts';
import { stacked } from './stacked.ts';

const columns = {
  /** `2026-Q3`, in order */
  period: 'text',
  discount: 'number',
  /** Fractions; null where nothing was sold or list is not known. */
  discount_rate: 'number',
  /** The rate four quarters before. */
  rate_before: 'number',
  /** The quarter is not over. */
  is_open: 'flag',
} as const;

type Quarter = RowOf<typeof columns>;

/** Discount rate against the year before, over the dollars it comes to, by fiscal quarter. */
function draw(table: Table, options: ChartOptions): Element {
  const quarters = rowsOf(columns, table);
  const frame = {
    margin: 0,
    marginLeft: 2,
    marginRight: isNarrow(options) ? 44 : 92,
    x: { type: 'band', domain: quarters.map(({ period }) => period), padding: 0.3, axis: null },
    y: { axis: null },
  } as const;
  return stacked([
    plotOn(options, {
      ...frame,
      height: 150,
      marginTop: 26,
      marginBottom: 18,
      marks: rates(quarters, options),
    }),
    plotOn(
      { ...options, label: undefined },
      {
        ...frame,
        height: 150,
        marginTop: 18,
        marginBottom: 38,
        marks: dollars(quarters, options),
      },
    ),
  ]);
}

function rates(quarters: Quarter[], options: ChartOptions): Plot.Markish[] {
  const known = quarters.filter(({ discount_rate }) => discount_rate !== null);
  const last = known.slice(-1);
  const before = quarters.filter(({ rate_before }) => rate_before !== null).slice(-1);
  const highest = known.toSorted((a, b) => b.discount_rate! - a.discount_rate!)[0];
  const apart = (before[0]?.rate_before ?? 0) > (last[0]?.discount_rate ?? 0) ? 1 : -1;
  const title = ({ period, discount_rate, rate_before }: Quarter) =>
    `${periodLabel(period)}: ${rate(discount_rate)}` +
    (rate_before === null ? '' : `, the year before ${rate(rate_before)}`);
  const end = { textAnchor: 'start', dx: 9, lineAnchor: 'middle' } as const;
  return [
    Plot.line(quarters, {
      x: 'period',
      y: gap('rate_before'),
      stroke: NEUTRAL,
      strokeWidth: 1.5,
      strokeDasharray: '4,3',
    }),
    Plot.line(quarters, { x: 'period', y: gap('discount_rate'), stroke: ACCENT, strokeWidth: 2 }),
    Plot.dot(known, { x: 'period', y: 'discount_rate', fill: ACCENT, r: 3.5, title, ...tip(options) }),
    Plot.text(last, {
      ...end,
      x: 'period',
      y: 'discount_rate',
      dy: 6 * apart,
      text: ({ discount_rate }: Quarter) => rate(discount_rate),
      fill: INK,
      fontWeight: 600,
    }),
    Plot.text(before, {
      ...end,
      x: 'period',
      y: 'rate_before',
      dy: -6 * apart,
      text: () => (isNarrow(options) ? 'before' : 'the year before'),
      fill: INK_2,
    }),
    Plot.text(highest && highest !== last[0] ? [highest] : [], {
      x: 'period',
      y: 'discount_rate',
      dy: -12,
      text: ({ discount_rate }: Quarter) => rate(discount_rate),
      fill: INK_2,
    }),
  ];
}

const gap = (name: 'discount_rate' | 'rate_before') => (quarter: Quarter) => quarter[name] ?? NaN;

function dollars(quarters: Quarter[], options: ChartOptions): Plot.Markish[] {
  const title = (quarter: Quarter) =>
    `${periodLabel(quarter.period)}: ${moneyShort(quarter.discount, options.currency!)}${quarter.is_open ? ' so far' : ''}`;
  const known = quarters.filter(({ discount }) => discount !== null);
  const roomy = options.width / Math.max(1, quarters.length) > 62;
  const highest = Math.max(...known.map(({ discount }) => discount!));
  const last = known.at(-1);
  const said = known.filter((quarter) => quarter !== last && (roomy || quarter.discount === highest));
  const amount = {
    ...{ x: 'period', y: 'discount', dy: -9, fill: INK },
    text: ({ discount }: Quarter) => (roomy ? moneyShort : moneyTight)(discount, options.currency!),
  } as const;
  const bar = { x: 'period', y: 'discount', title, ...tip(options) } as const;
  return [
    Plot.barY(
      known.filter(({ is_open }) => !is_open),
      { ...bar, fill: ACCENT },
    ),
    Plot.barY(
      known.filter(({ is_open }) => is_open),
      {
        ...bar,
        fill: ACCENT,
        fillOpacity: 0.3,
        stroke: ACCENT,
        strokeDasharray: '3,2',
      },
    ),
    Plot.ruleY([0], { stroke: INK }),
    Plot.text(said, amount),
    // Where bars are slimmer than amounts the last one's stands clear of the bar before it.
    Plot.text(last ? [last] : [], { ...amount, ...(roomy ? {} : { textAnchor: 'start', dx: -8 }) }),
    Plot.text(quarters, {
      x: 'period',
      frameAnchor: 'bottom',
      dy: 8,
      lineAnchor: 'top',
      text: ({ period }: Quarter, at: number) => quarterLabel(period, at === 0),
      fill: INK_3,
    }),
  ];
}

/** The quarter, and its year where one begins. */
function quarterLabel(id: string, isFirst: boolean): string {
  const [year, quarter] = periodLabel(id).split(' ');
  if (quarter === undefined) return year!;
  return isFirst || quarter === 'Q1' ? `${quarter}\n${year}` : quarter;
}

export const spendTrend: Chart<typeof columns> = { columns, draw };
