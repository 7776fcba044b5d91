import * as Plot from '@observablehq/plot';
import type { Table } from 'apache-arrow';
import { period as periodLabel, rate } from '../design/formats.ts';
import type { Chart, ChartOptions, RowOf } from './chart.ts';
import { ACCENT, ALARM, INK, INK_2, INK_3, isNarrow, plotOn, tip } from './ground.ts';
import { rowsOf } from './rows.ts';
import { spread } from './spread.ts';

const columns = {
  /** `2026-Q3`, in order */
  period: 'text',
  /** Shares of customer days, as fractions. */
  none: 'number',
  several: 'number',
} as const;

type Quarter = RowOf<typeof columns>;

const lines = [
  { id: 'none', name: 'no owner', stroke: ALARM },
  { id: 'several', name: 'several owners', stroke: ACCENT },
] as const;

/** Share of customer days without an owner and with several, by fiscal quarter. */
function draw(table: Table, options: ChartOptions): Element {
  const quarters = rowsOf(columns, table);
  const last = quarters.at(-1);
  const highest = Math.max(0.001, ...quarters.flatMap(({ none, several }) => [none ?? 0, several ?? 0]));
  const height = 190;
  const [top, bottom] = [24, 40];
  const pixel = (value: number) => top + (height - top - bottom) * (1 - value / highest);
  const ends = spread(
    lines.map(({ id }) => pixel(last?.[id] ?? 0)),
    16,
  );
  return plotOn(options, {
    height,
    marginTop: top,
    marginBottom: bottom,
    marginLeft: 2,
    marginRight: isNarrow(options) ? 96 : 150,
    x: { type: 'band', domain: quarters.map(({ period }) => period), padding: 0.3, axis: null },
    y: { domain: [0, highest], axis: null },
    marks: [
      Plot.ruleY([0], { stroke: INK }),
      ...lines.flatMap(({ id, name, stroke }, at) => [
        Plot.line(quarters, { x: 'period', y: (row: Quarter) => row[id] ?? NaN, stroke, strokeWidth: 2 }),
        Plot.dot(quarters, {
          x: 'period',
          y: (row: Quarter) => row[id] ?? NaN,
          fill: stroke,
          r: 3,
          title: (row: Quarter) => `${periodLabel(row.period)}: ${name} ${rate(row[id], 2)} of days`,
          ...tip(options),
        }),
        Plot.text(peak(quarters, id), {
          x: 'period',
          y: (row: Quarter) => row[id] ?? 0,
          dy: -11,
          text: (row: Quarter) => rate(row[id]),
          fill: INK_2,
        }),
        Plot.text(last ? [last] : [], {
          x: 'period',
          y: (row: Quarter) => row[id] ?? 0,
          dy: ends[at]! - pixel(last?.[id] ?? 0),
          dx: 10,
          textAnchor: 'start',
          lineAnchor: 'middle',
          text: (row: Quarter) =>
            `${rate(row[id])} ${isNarrow(options) ? name.replace(' owners', '') : name}`,
          fill: INK,
        }),
      ]),
      Plot.text(quarters, {
        x: 'period',
        frameAnchor: 'bottom',
        dy: 10,
        lineAnchor: 'top',
        text: ({ period }: Quarter, at: number) => label(period, at === 0, isNarrow(options)),
        fill: INK_3,
      }),
    ],
  });
}

/** The highest quarter of a line, unless it is the last, which is named anyway. */
function peak(quarters: Quarter[], id: 'none' | 'several'): Quarter[] {
  const highest = quarters.toSorted((a, b) => (b[id] ?? 0) - (a[id] ?? 0))[0];
  return highest && highest !== quarters.at(-1) && (highest[id] ?? 0) > 0 ? [highest] : [];
}

/** The quarter, and its year where one begins; where there is little room only those. */
function label(id: string, isFirst: boolean, narrow: boolean): string {
  const [year, quarter] = periodLabel(id).split(' ');
  if (quarter === undefined) return year!;
  return isFirst || quarter === 'Q1' ? `${quarter}\n${year}` : narrow ? '' : quarter;
}

export const ownerTrend: Chart<typeof columns> = { columns, draw };
