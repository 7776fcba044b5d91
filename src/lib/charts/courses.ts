import * as Plot from '@observablehq/plot';
import type { Table } from 'apache-arrow';
import { period as periodLabel, rate } from '../design/formats.ts';
import type { Chart, ChartOptions, RowOf } from './chart.ts';
import { ACCENT, HALO, INK, INK_2, INK_3, isNarrow, plotOn, RULE, tip } from './ground.ts';
import { rowsOf } from './rows.ts';

const columns = {
  /** `2026-Q3`, in order */
  period: 'text',
  /** What the line is called at its end; the first one met stands out. */
  series: 'text',
  /** A fraction; null where it is not known. */
  value: 'number',
} as const;

type Point = RowOf<typeof columns>;

/** Rates by fiscal quarter, each line named at its end, with a rule where all is kept. */
function draw(table: Table, options: ChartOptions): Element {
  const points = rowsOf(columns, table);
  const narrow = isNarrow(options);
  const series = [...new Set(points.map((point) => point.series))];
  const known = points.filter(({ value }) => value !== null);
  // Before anything is known there is nothing to leave room for.
  const all = [...new Set(points.map(({ period }) => period))];
  const begins = Math.max(0, Math.min(...known.map(({ period }) => all.indexOf(period))));
  const periods = known.length === 0 ? all : all.slice(begins);
  const ends = series.flatMap((name) => known.findLast((point) => point.series === name) ?? []);
  const highest = ends.toSorted((a, b) => b.value! - a.value!)[0];
  const values = known.map(({ value }) => value!);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const reach = values.length > 0 ? high - low || 0.1 : 0;
  const colour = ({ series: name }: Point) => (name === series[0] ? ACCENT : INK_2);
  return plotOn(options, {
    height: narrow ? 220 : 240,
    margin: 0,
    marginLeft: 2,
    marginTop: 20,
    marginBottom: 38,
    marginRight: narrow ? 92 : 150,
    x: { type: 'point', domain: periods, padding: 0.3, axis: null },
    y: { axis: null, domain: values.length > 0 ? [low - reach * 0.08, high + reach * 0.08] : [0, 1] },
    marks: [
      high >= 1 && low <= 1 ? Plot.ruleY([1], { stroke: RULE }) : null,
      ...series.map((name, at) =>
        Plot.line(
          points.filter((point) => point.series === name && periods.includes(point.period)),
          {
            x: 'period',
            y: ({ value }: Point) => value ?? NaN,
            stroke: at === 0 ? ACCENT : INK_2,
            strokeWidth: at === 0 ? 2 : 1.5,
            ...(at === 0 ? {} : { strokeDasharray: '4,3' }),
          },
        ),
      ),
      Plot.dot(known, {
        x: 'period',
        y: 'value',
        fill: colour,
        r: 3,
        title: (point: Point) => `${periodLabel(point.period)}: ${point.series} ${rate(point.value)}`,
        ...tip(options),
      }),
      ...ends.map((end) =>
        Plot.text([end], {
          ...HALO,
          x: 'period',
          y: 'value',
          dx: 9,
          dy: ends.length > 1 ? (end === highest ? 3 : -3) : 0,
          textAnchor: 'start',
          lineAnchor: ends.length > 1 ? (end === highest ? 'bottom' : 'top') : 'middle',
          text: ({ series: name, value }: Point) => `${rate(value)}${narrow ? '\n' : ' '}${name}`,
          fill: end.series === series[0] ? INK : INK_2,
          fontWeight: 600,
        }),
      ),
      Plot.text(periods, {
        x: (period: string) => period,
        frameAnchor: 'bottom',
        dy: 8,
        lineAnchor: 'top',
        text: (period: string, at: number) => quarterLabel(period, at === 0, narrow && periods.length > 4),
        fill: INK_3,
      }),
    ],
  });
}

/** The quarter, and its year where one begins; on a phone the years alone. */
function quarterLabel(id: string, isFirst: boolean, narrow: boolean): string {
  const [year, quarter] = periodLabel(id).split(' ');
  if (quarter === undefined) return year!;
  if (narrow) return quarter === 'Q1' ? year! : '';
  const begins = isFirst || quarter === 'Q1';
  return begins ? `${quarter}\n${year}` : quarter;
}

export const courses: Chart<typeof columns> = { columns, draw };
