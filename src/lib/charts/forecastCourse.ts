import * as Plot from '@observablehq/plot';
import type { Table } from 'apache-arrow';
import { moneyShort, period as periodLabel, rate } from '../design/formats.ts';
import type { Chart, ChartOptions, RowOf } from './chart.ts';
import { ACCENT, HALO, INK, INK_2, INK_3, isNarrow, NEUTRAL, plotOn, RULE, tip } from './ground.ts';
import { rowsOf } from './rows.ts';

const columns = {
  /** `2026-Q3`, in order */
  period: 'text',
  forecast: 'number',
  /** Null while the quarter is under way. */
  actual: 'number',
} as const;

type Quarter = RowOf<typeof columns>;

/** What was forecast for each quarter at one lead time, as a ring, and what was won, as a bar. */
function draw(table: Table, options: ChartOptions): Element {
  const quarters = rowsOf(columns, table);
  const over = quarters.filter(({ actual }) => actual !== null);
  const said = quarters.filter(({ forecast }) => forecast !== null);
  const money = (value: number | null) => moneyShort(value, options.currency!);
  const off = ({ forecast, actual }: Quarter) =>
    actual && forecast !== null
      ? `, ${rate(Math.abs(forecast / actual - 1), 0)} too ${forecast > actual ? 'high' : 'low'}`
      : '';
  const title = (quarter: Quarter) =>
    `${periodLabel(quarter.period)}: forecast ${money(quarter.forecast)}, ` +
    (quarter.actual === null ? 'not over yet' : `won ${money(quarter.actual)}${off(quarter)}`);
  const roomy = options.width / Math.max(1, quarters.length) > 62;
  const last = over.at(-1);
  const written = roomy ? over : [];
  const narrow = isNarrow(options);
  return plotOn(options, {
    height: 260,
    margin: 0,
    marginLeft: 2,
    marginRight: narrow ? 8 : 92,
    marginTop: 28,
    marginBottom: 38,
    x: { type: 'band', domain: quarters.map(({ period }) => period), padding: 0.3, axis: null },
    y: { axis: null, zero: true },
    marks: [
      Plot.barY(over, { x: 'period', y: 'actual', fill: NEUTRAL, fillOpacity: 0.45, title, ...tip(options) }),
      Plot.link(
        over.filter(({ forecast }) => forecast !== null),
        { x1: 'period', x2: 'period', y1: 'actual', y2: 'forecast', stroke: RULE, strokeWidth: 1.5 },
      ),
      Plot.ruleY([0], { stroke: INK }),
      Plot.dot(said, {
        x: 'period',
        y: 'forecast',
        r: narrow ? 4 : 5.5,
        stroke: ACCENT,
        strokeWidth: 2.5,
        fill: ({ actual }: Quarter) => (actual === null ? 'none' : ACCENT),
        title,
        ...tip(options),
      }),
      Plot.text(written, {
        x: 'period',
        y: 0,
        dy: -9,
        text: ({ actual }: Quarter) => money(actual),
        fill: INK_2,
      }),
      Plot.text(last && last.forecast !== null && !narrow ? [last] : [], {
        ...HALO,
        x: 'period',
        y: 'forecast',
        dx: 12,
        textAnchor: 'start',
        text: ({ forecast }: Quarter) => `${money(forecast)} forecast`,
        fill: INK,
        fontWeight: 600,
      }),
      Plot.text(quarters, {
        x: 'period',
        frameAnchor: 'bottom',
        dy: 8,
        lineAnchor: 'top',
        text: ({ period }: Quarter, at: number) => quarterLabel(period, at === 0),
        fill: INK_3,
      }),
    ],
  });
}

/** The quarter, and its year where one begins. */
function quarterLabel(id: string, isFirst: boolean): string {
  const [year, quarter] = periodLabel(id).split(' ');
  if (quarter === undefined) return year!;
  return isFirst || quarter === 'Q1' ? `${quarter}\n${year}` : quarter;
}

export const forecastCourse: Chart<typeof columns> = { columns, draw };
