import * as Plot from '@observablehq/plot';
import type { Table } from 'apache-arrow';
import { count, rate } from '../design/formats.ts';
import type { Chart, ChartOptions, RowOf } from './chart.ts';
import { ACCENT, HALO, INK, INK_3, isNarrow, NEUTRAL, plotOn, RULE, tip } from './ground.ts';
import { rowsOf } from './rows.ts';

const columns = {
  /** `15–20`, in order: points of discount. */
  discount: 'text',
  /** Fractions, with a 95% interval. */
  rate: 'number',
  low: 'number',
  high: 'number',
  /** What deals of their mix win, whatever their discount. */
  mix: 'number',
  deals: 'number',
  /** Too few deals to be compared. */
  few: 'flag',
} as const;

type Bin = RowOf<typeof columns>;

const LEFT = 40;
/** Of a column, what is left free between two. */
const PADDING = 0.6;

/** Share won by discount offered, with intervals; a dash says what such deals win whatever their discount. */
function draw(table: Table, options: ChartOptions): Element {
  const bins = rowsOf(columns, table);
  const narrow = isNarrow(options);
  const colour = ({ few }: Bin) => (few ? NEUTRAL : ACCENT);
  const last = bins.at(-1);
  const right = narrow ? 8 : 104;
  const tick = ((options.width - LEFT - right) / (bins.length + PADDING)) * (1 - PADDING);
  return plotOn(options, {
    height: narrow ? 270 : 300,
    margin: 0,
    marginTop: 14,
    marginBottom: 58,
    marginLeft: LEFT,
    marginRight: right,
    x: { type: 'band', domain: bins.map(({ discount }) => discount), padding: PADDING, axis: null },
    y: { axis: null, domain: [0, Math.min(1, Math.max(0.1, ...bins.map(({ high }) => high ?? 0)) * 1.05)] },
    marks: [
      Plot.axisY({
        ticks: 5,
        label: null,
        tickSize: 0,
        fill: INK_3,
        tickFormat: (value: number) => rate(value, 0),
      }),
      Plot.ruleY([0], { stroke: RULE }),
      Plot.link(bins, {
        x1: 'discount',
        x2: 'discount',
        y1: 'low',
        y2: 'high',
        stroke: colour,
        strokeWidth: 1.75,
      }),
      Plot.tickY(bins, { x: 'discount', y: 'mix', stroke: INK, strokeWidth: 2, insetLeft: 0, insetRight: 0 }),
      Plot.dot(bins, {
        x: 'discount',
        y: 'rate',
        r: 4.5,
        fill: colour,
        title: (bin: Bin) =>
          `${bin.discount} points: ${rate(bin.rate, 0)} of ${count(bin.deals, 'deal')} won (${rate(bin.low, 0)} to ${rate(bin.high, 0)}); deals of their mix ${rate(bin.mix, 0)}`,
        ...tip(options),
      }),
      Plot.text(bins, {
        x: 'discount',
        frameAnchor: 'bottom',
        dy: 8,
        lineAnchor: 'top',
        text: ({ discount }: Bin) =>
          narrow ? discount.replace(' or more', '+').replace(/–.*/, '') : discount,
        fill: INK_3,
      }),
      Plot.text(bins, {
        x: 'discount',
        frameAnchor: 'bottom',
        dy: 24,
        lineAnchor: 'top',
        text: ({ deals }: Bin) => count(deals),
        fill: INK_3,
        fontSize: 11,
      }),
      Plot.text(
        bins.length > 0
          ? [narrow ? 'points of discount from · deals' : 'points of discount offered · deals']
          : [],
        {
          frameAnchor: 'bottom',
          dy: 54,
          fill: INK_3,
        },
      ),
      Plot.text(last && narrow ? ['– what such deals win'] : [], {
        ...{ frameAnchor: 'top-right', dy: -12, fill: INK, text: (text: string) => text },
      }),
      Plot.text(last && !narrow ? [last] : [], {
        ...HALO,
        x: 'discount',
        y: 'mix',
        dx: tick / 2 + 8,
        textAnchor: 'start',
        text: () => 'what such deals win',
        fill: INK,
      }),
    ],
  });
}

export const winsByDiscount: Chart<typeof columns> = { columns, draw };
