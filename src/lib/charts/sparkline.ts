import * as Plot from '@observablehq/plot';
import type { Table } from 'apache-arrow';
import type { Chart, ChartOptions } from './chart.ts';
import { ACCENT, plotOn } from './ground.ts';
import { rowsOf } from './rows.ts';

const columns = {
  period: 'text',
  /** Null breaks the line. */
  value: 'number',
} as const;

/** The course of one figure, a word high. */
function draw(table: Table, options: ChartOptions): Element {
  const rows = rowsOf(columns, table).map(({ value }, at) => ({ at, value: value ?? NaN }));
  const last = rows.findLast(({ value }) => !Number.isNaN(value));
  return plotOn(options, {
    height: 26,
    margin: 4,
    axis: null,
    marks: [
      Plot.line(rows, { x: 'at', y: 'value', stroke: ACCENT, strokeWidth: 1.4 }),
      Plot.dot(last ? [last] : [], { x: 'at', y: 'value', fill: ACCENT, r: 2.5 }),
    ],
  });
}

export const sparkline: Chart<typeof columns> = { columns, draw };
