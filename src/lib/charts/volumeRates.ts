import * as Plot from '@observablehq/plot';
import type { Table } from 'apache-arrow';
import { count, moneyShort, rate } from '../design/formats.ts';
import type { Chart, ChartOptions, RowOf } from './chart.ts';
import { ALARM, HALO, INK, INK_2, INK_3, isNarrow, NEUTRAL, plotOn, RULE, tip } from './ground.ts';
import { rowsOf } from './rows.ts';
import { spread } from './spread.ts';

const columns = {
  /** `customer`, or `expected`: a point of a segment's curve, in order. */
  kind: 'text',
  name: 'text',
  segment: 'text',
  /** List bought in a year. */
  volume: 'number',
  /** Fractions. */
  rate: 'number',
  deals: 'number',
  /** Gets more than it earns, for good. */
  stands: 'flag',
} as const;

type Point = RowOf<typeof columns> & { volume: number; rate: number };

/** Discount against a year's volume: what each segment's customers earn by it, and who gets more. */
function draw(table: Table, options: ChartOptions): Element {
  const points = rowsOf(columns, table).filter(
    (point): point is Point => point.volume !== null && point.volume > 0 && point.rate !== null,
  );
  const narrow = isNarrow(options);
  const curves = points.filter(({ kind }) => kind === 'expected');
  const customers = points.filter(({ kind }) => kind !== 'expected');
  const segments = [...new Set(curves.map(({ segment }) => segment))];
  const ends = segments.map((segment) => curves.findLast((point) => point.segment === segment)!);
  const height = narrow ? 300 : 380;
  const highest = Math.max(0.05, ...points.map((point) => point.rate)) * 1.08;
  const pixel = (height - 60) / highest;
  const placed = spread(
    ends.map((end) => -end.rate * pixel),
    16,
  ).map((y) => -y / pixel);
  const title = (point: Point) =>
    `${point.name}, ${point.segment}: ${rate(point.rate)} at ${moneyShort(point.volume, options.currency!)} a year, ${count(point.deals, 'deal')}`;
  return plotOn(options, {
    height,
    margin: 0,
    marginTop: 14,
    marginBottom: 46,
    marginLeft: 40,
    marginRight: narrow ? 78 : 96,
    x: { type: 'log', axis: null, ...(points.length === 0 ? { domain: [1, 10] } : {}) },
    y: { axis: null, domain: [0, highest] },
    marks: [
      Plot.axisY({
        ticks: 5,
        label: null,
        tickSize: 0,
        fill: INK_3,
        tickFormat: (value: number) => rate(value, 0),
      }),
      Plot.axisX({
        ticks: narrow ? 3 : 6,
        label: null,
        tickSize: 0,
        fill: INK_3,
        tickFormat: (value: number) =>
          Number.isInteger(Math.round(Math.log10(value) * 1e6) / 1e6)
            ? moneyShort(value, options.currency!)
            : '',
      }),
      Plot.ruleY([0], { stroke: RULE }),
      Plot.line(curves, { x: 'volume', y: 'rate', z: 'segment', stroke: INK, strokeWidth: 1.5 }),
      Plot.dot(customers, {
        x: 'volume',
        y: 'rate',
        r: (point: Point) => (point.stands ? 6 : 3),
        fill: (point: Point) => (point.stands ? ALARM : NEUTRAL),
        fillOpacity: (point: Point) => (point.stands ? 1 : 0.55),
        title,
        ...tip(options),
      }),
      Plot.text(
        customers.filter(({ stands }) => stands),
        { ...HALO, x: 'volume', y: 'rate', dy: -13, text: 'name', fill: INK, fontWeight: 600 },
      ),
      Plot.text(ends, {
        ...HALO,
        x: 'volume',
        y: (_: Point, at: number) => placed[at]!,
        dx: 6,
        textAnchor: 'start',
        text: 'segment',
        fill: INK_2,
      }),
      Plot.text(points.length > 0 ? ['list bought in a year, by customer'] : [], {
        frameAnchor: 'bottom',
        dy: 40,
        fill: INK_3,
      }),
    ],
  });
}

export const volumeRates: Chart<typeof columns> = { columns, draw };
