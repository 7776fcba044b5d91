import * as Plot from '@observablehq/plot';
import type { Table } from 'apache-arrow';
import { moneyShort, moneyTight, period as periodLabel } from '../design/formats.ts';
import type { Chart, ChartOptions, RowOf } from './chart.ts';
import { ACCENT, INK, INK_2, INK_3, isNarrow, NEUTRAL, PAPER, plotOn, tip } from './ground.ts';
import { rowsOf } from './rows.ts';
import { spread } from './spread.ts';

const columns = {
  /** `2026-Q3` */
  period: 'text',
  /** Working day of the quarter, from 1. */
  day: 'number',
  /** Discount spend from the quarter's first day to this one. */
  discount: 'number',
  /** The quarter that is asked about. */
  is_current: 'flag',
} as const;

type Point = RowOf<typeof columns> & { day: number; discount: number };

const HEIGHT = 280;
const TOP = 22;
const BOTTOM = 34;

/** Discount spend as it adds up over the quarter, against the quarters before at the same working day. */
function draw(table: Table, options: ChartOptions): Element {
  const points = rowsOf(columns, table).filter(
    (point): point is Point => point.day !== null && point.discount !== null,
  );
  const current = points.filter(({ is_current }) => is_current);
  const earlier = points.filter(({ is_current }) => !is_current);
  const today = current.reduce((day, point) => Math.max(day, point.day), 0);
  const sameDay = ends(earlier.filter(({ day }) => day <= today));
  const labelled = placed(ends(points));
  const longest = points.reduce((day, point) => Math.max(day, point.day), 0);
  const highest = Math.max(1, ...points.map(({ discount }) => discount));
  const narrow = isNarrow(options);
  const say = ({ discount }: Point) => (narrow ? moneyTight : moneyShort)(discount, options.currency!);
  const title = (point: Point) => `${periodLabel(point.period)}, working day ${point.day}: ${say(point)}`;
  const line = { x: 'day', y: 'discount', z: 'period' } as const;
  const label = {
    frameAnchor: 'right',
    y: 'at',
    dx: 10,
    textAnchor: 'start',
    text: (point: Point) => `${periodLabel(point.period)}  ${say(point)}`,
  } as const;
  return plotOn(options, {
    height: HEIGHT,
    margin: 0,
    marginTop: TOP,
    marginBottom: BOTTOM,
    marginLeft: 2,
    marginRight: narrow ? 120 : 132,
    x: { axis: null },
    y: { axis: null, domain: [0, highest] },
    marks: [
      Plot.ruleY([0], { stroke: INK }),
      Plot.axisX({
        ticks: narrow ? 3 : 6,
        label: null,
        tickSize: 0,
        fill: INK_3,
        tickFormat: dayLabel,
      }),
      // Its line ends before its name begins.
      Plot.link(
        labelled.filter(({ is_current, day }) => is_current && day < longest),
        { x1: 'day', x2: () => longest, y1: 'discount', y2: 'at', stroke: INK_3, strokeDasharray: '1,4' },
      ),
      Plot.line(earlier, { ...line, stroke: NEUTRAL, strokeWidth: 1.25 }),
      Plot.line(current, { ...line, stroke: ACCENT, strokeWidth: 2.5 }),
      today > 0 && earlier.length > 0
        ? [
            Plot.ruleX([today], { stroke: INK_3, strokeDasharray: '2,3' }),
            Plot.text([`working day ${today}`], {
              ...{ x: today, frameAnchor: 'top', dy: -16, fill: INK_2 },
              // Towards the side with more room, so that it stays within the picture.
              ...(today < longest / 2 ? { textAnchor: 'start', dx: 5 } : { textAnchor: 'end', dx: -5 }),
            }),
          ]
        : null,
      Plot.dot(sameDay, {
        x: today,
        y: 'discount',
        r: 3,
        fill: PAPER,
        stroke: NEUTRAL,
        title,
        ...tip(options),
      }),
      Plot.dot(ends(current), { x: 'day', y: 'discount', r: 4.5, fill: ACCENT, title, ...tip(options) }),
      Plot.text(
        labelled.filter(({ is_current }) => is_current),
        { ...label, fill: INK, fontWeight: 600 },
      ),
      Plot.text(
        labelled.filter(({ is_current }) => !is_current),
        { ...label, fill: INK_2 },
      ),
    ],
  });
}

const dayLabel = (day: number, at: number) => (at === 0 ? `day ${day}` : String(day));

/** The last point of each quarter. */
function ends(points: Point[]): Point[] {
  const last = new Map<string, Point>();
  for (const point of points)
    if (point.day >= (last.get(point.period)?.day ?? 0)) last.set(point.period, point);
  return [...last.values()];
}

/** Each label at the height of its line's end, moved where two would cover each other. */
function placed(labels: Point[]): (Point & { at: number })[] {
  const highest = Math.max(1, ...labels.map(({ discount }) => discount));
  const heights = spread(
    labels.map(({ discount }) => discount),
    (15 / (HEIGHT - TOP - BOTTOM)) * highest,
  );
  return labels.map((label, index) => ({ ...label, at: heights[index]! }));
}

export const toDate: Chart<typeof columns> = { columns, draw };
