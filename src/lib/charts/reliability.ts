import * as Plot from '@observablehq/plot';
import type { Table } from 'apache-arrow';
import { count, rate } from '../design/formats.ts';
import type { Chart, ChartOptions, RowOf } from './chart.ts';
import { ACCENT, HALO, INK, INK_2, INK_3, isNarrow, plotOn, RULE, tip } from './ground.ts';
import { rowsOf } from './rows.ts';

const columns = {
  /** Stated chance, 0 to 1, rising. */
  probability: 'number',
  /** Share that was won, made never to fall. */
  happened: 'number',
  /** Where 95% of such curves run if the stated chances are right. */
  low: 'number',
  high: 'number',
  deals: 'number',
} as const;

type Point = RowOf<typeof columns>;

const ticks = [0, 0.25, 0.5, 0.75, 1];

/** The share won against the chance stated; on the diagonal the chances are right, in the band they may be. */
function draw(table: Table, options: ChartOptions): Element {
  const points = rowsOf(columns, table);
  const narrow = isNarrow(options);
  const title = ({ probability, happened, deals, low, high }: Point) =>
    `stated ${rate(probability, 0)}: ${rate(happened, 0)} won of ${count(deals, 'deal')}; ` +
    `${rate(low, 0)} to ${rate(high, 0)} if right`;
  const size = Math.min(420, options.width - 60);
  return plotOn(options, {
    height: Math.max(260, size * 0.8),
    marginLeft: 44,
    marginRight: narrow ? 12 : 40,
    marginTop: 22,
    marginBottom: 44,
    x: {
      domain: [0, 1],
      ticks,
      tickFormat: (value: number) => rate(value, 0),
      tickSize: 0,
      label: 'chance stated',
      labelAnchor: 'center',
      labelArrow: 'none',
    },
    y: {
      domain: [0, 1],
      ticks,
      tickFormat: (value: number) => rate(value, 0),
      tickSize: 0,
      label: 'share won',
      labelArrow: 'none',
    },
    marks: [
      Plot.gridY(ticks, { stroke: RULE, strokeOpacity: 1 }),
      Plot.areaY(points, { x: 'probability', y1: 'low', y2: 'high', fill: INK_3, fillOpacity: 0.2 }),
      points.length === 1
        ? Plot.link(points, {
            x1: 'probability',
            x2: 'probability',
            y1: 'low',
            y2: 'high',
            stroke: INK_3,
            strokeWidth: 4,
            strokeOpacity: 0.3,
          })
        : null,
      Plot.link([0], { x1: 0, y1: 0, x2: 1, y2: 1, stroke: INK_3, strokeDasharray: '4,3' }),
      Plot.line(points, { x: 'probability', y: 'happened', stroke: ACCENT, strokeWidth: 2 }),
      Plot.dot(points, { x: 'probability', y: 'happened', r: 4.5, fill: ACCENT, title, ...tip(options) }),
      Plot.text(points, {
        ...HALO,
        x: 'probability',
        y: 'happened',
        dy: 16,
        text: ({ happened }: Point) => rate(happened, 0),
        fill: INK,
        fontWeight: 600,
      }),
      Plot.text(['as stated'], {
        ...HALO,
        x: 0.9,
        y: 0.9,
        dy: -10,
        dx: -14,
        text: (text: string) => text,
        fill: INK_2,
      }),
    ],
  });
}

export const reliability: Chart<typeof columns> = { columns, draw };
