import * as Plot from '@observablehq/plot';
import type { Table } from 'apache-arrow';
import { decimal } from '../design/formats.ts';
import type { Chart, ChartOptions, RowOf } from './chart.ts';
import { ACCENT, ALARM, INK, INK_2, INK_3, isNarrow, NEUTRAL, plotOn, tip } from './ground.ts';
import { rowsOf } from './rows.ts';

const columns = {
  /** The measure, in words; no two the same. */
  name: 'text',
  said: 'text',
  /** Observed ÷ expected. */
  ratio: 'number',
  low95: 'number',
  high95: 'number',
  low998: 'number',
  high998: 'number',
  /** What is believed, with its interval. */
  believed: 'number',
  low: 'number',
  high: 'number',
  /** More than chance explains among all that was compared: only then coloured. */
  stated: 'flag',
  good: 'flag',
} as const;

export type PositionRow = RowOf<typeof columns>;

/** One unit's place between its limits, a line a measure: a dot as it is, a bar for what is believed. */
function draw(table: Table, options: ChartOptions): Element {
  const rows = rowsOf(columns, table).filter(({ ratio }) => ratio !== null);
  const ends = rows.flatMap(({ ratio, low998, high998 }) => [ratio!, low998!, Math.min(high998!, 3)]);
  const [lowest, highest] = [Math.min(0.6, ...ends), Math.max(1.5, ...ends)];
  const kept = (value: number | null) => Math.max(lowest, Math.min(highest, value ?? 1));
  const title = ({ name, said }: PositionRow) => `${name}: ${said}`;
  const limit = (from: 'low95' | 'low998', to: 'high95' | 'high998', style: Plot.RuleYOptions) =>
    Plot.ruleY(rows, {
      y: 'name',
      x1: (row: PositionRow) => kept(row[from]),
      x2: (row: PositionRow) => kept(row[to]),
      stroke: NEUTRAL,
      ...style,
    });
  return plotOn(options, {
    height: 40 + Math.max(1, rows.length) * 44,
    marginTop: 10,
    marginRight: 20,
    marginBottom: 30,
    marginLeft: isNarrow(options) ? 96 : 120,
    x: { axis: null, domain: [lowest, highest] },
    y: { axis: null, domain: rows.map(({ name }) => name) },
    marks: [
      Plot.axisY({ label: null, tickSize: 0, fill: INK_2 }),
      Plot.axisX({
        label: null,
        tickSize: 0,
        ticks: isNarrow(options) ? 3 : 5,
        tickFormat: (value: number) => `${decimal(value, 1)}×`,
        fill: INK_3,
      }),
      Plot.ruleX([1], { stroke: INK }),
      limit('low998', 'high998', { strokeWidth: 10, strokeOpacity: 0.18 }),
      limit('low95', 'high95', { strokeWidth: 10, strokeOpacity: 0.3 }),
      Plot.ruleY(rows, {
        y: 'name',
        dy: 12,
        x1: ({ low }: PositionRow) => kept(low),
        x2: ({ high }: PositionRow) => kept(high),
        stroke: INK_2,
        strokeWidth: 1.5,
      }),
      Plot.tickX(rows, {
        y: 'name',
        dy: 12,
        x: ({ believed }: PositionRow) => kept(believed),
        insetTop: 16,
        insetBottom: 16,
        stroke: INK_2,
        strokeWidth: 2,
      }),
      Plot.dot(rows, {
        x: 'ratio',
        y: 'name',
        r: 5,
        fill: ({ stated, good }: PositionRow) => (stated ? (good ? ACCENT : ALARM) : NEUTRAL),
        title,
        ...tip(options),
      }),
    ],
  });
}

export const positions: Chart<typeof columns> = { columns, draw };
