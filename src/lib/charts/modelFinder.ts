import * as Plot from '@observablehq/plot';
import type { Table } from 'apache-arrow';
import { days, rate } from '../design/formats.ts';
import type { Chart, ChartOptions, RowOf } from './chart.ts';
import { ACCENT, HALO, INK, INK_2, INK_3, isNarrow, NEUTRAL, plotOn, RULE, tip } from './ground.ts';
import { rowsOf } from './rows.ts';
import { spread } from './spread.ts';
import { frame } from './modelFrame.ts';

const columns = {
  segment: 'text',
  /** Median length of the sales cycle in days, with its interval. */
  days: 'number',
  days_low: 'number',
  days_high: 'number',
  /** Share of expansion that is new sales, a fraction, with its interval. */
  share: 'number',
  share_low: 'number',
  share_high: 'number',
  /** Too few deals to be placed. */
  is_faint: 'flag',
  /** The axis ends here, in days; the same on every row. */
  longest: 'number',
} as const;

type Segment = RowOf<typeof columns>;

const corners = [
  { x: 0.98, y: 0.98, text: 'all sales', anchor: 'top-right' },
  { x: 0.02, y: 0.02, text: 'all customer success', anchor: 'bottom-left' },
  { x: 0.02, y: 0.98, text: 'renewals with customer success,\nnew revenue with sales', anchor: 'top-left' },
  {
    x: 0.98,
    y: 0.02,
    text: 'renewals with customer success,\nnew revenue with sales',
    anchor: 'bottom-right',
  },
] as const;

/** On a phone there is room for a word in each corner. */
const short = (text: string) =>
  text.startsWith('renewals') ? 'split' : text.replace('customer success', 'CS');

/**
 * Segments on document 002's two vectors, each with its intervals as a cross. The cut-offs are lines that lie over
 * it and can be dragged; margins are shares of the size, so that they lie right at any width.
 */
function draw(table: Table, options: ChartOptions): Element {
  const segments = rowsOf(columns, table);
  const longest = segments[0]?.longest ?? 1;
  const { width } = options;
  const height = width * frame.ratio;
  const top = height * frame.top;
  const inner = height * (1 - frame.top - frame.bottom);
  const pixels = segments.map(({ share }) => top + inner * (1 - (share ?? 0)) - 10);
  const labels = spread(pixels, 14);
  const stroke = ({ is_faint }: Segment) => (is_faint ? NEUTRAL : ACCENT);
  return plotOn(options, {
    height,
    marginLeft: width * frame.left,
    marginRight: width * frame.right,
    marginTop: height * frame.top,
    marginBottom: height * frame.bottom,
    x: { domain: [0, longest], axis: null },
    y: { domain: [0, 1], axis: null },
    marks: [
      Plot.ruleX(segments.length > 0 ? [0, longest] : [], { stroke: RULE }),
      Plot.ruleY(segments.length > 0 ? [0, 1] : [], { stroke: RULE }),
      ...corners.map(({ x, y, text, anchor }) =>
        Plot.text([isNarrow(options) ? short(text) : text], {
          x: x * longest,
          y,
          textAnchor: anchor.endsWith('right') ? 'end' : 'start',
          lineAnchor: anchor.startsWith('top') ? 'top' : 'bottom',
          fill: INK_3,
        }),
      ),
      Plot.axisX({
        ticks: isNarrow(options) ? 4 : 8,
        tickSize: 0,
        fill: INK_2,
        label: null,
        tickFormat: (value: number) => (value === 0 ? '0 days' : String(value)),
      }),
      Plot.axisY({
        ticks: [0, 0.5, 1],
        tickSize: 0,
        fill: INK_2,
        label: null,
        tickFormat: (value: number) => rate(value, 0),
      }),
      Plot.ruleY(segments, {
        y: 'share',
        x1: 'days_low',
        x2: (row: Segment) => Math.min(row.days_high!, longest),
        stroke,
      }),
      Plot.ruleX(segments, { x: 'days', y1: 'share_low', y2: 'share_high', stroke }),
      Plot.dot(segments, {
        x: 'days',
        y: 'share',
        r: 5,
        fill: stroke,
        title: (row: Segment) =>
          `${row.segment}: ${days(row.days)} (${row.days_low} to ${row.days_high}), ${rate(row.share, 0)} of expansion is new sales (${rate(row.share_low, 0)} to ${rate(row.share_high, 0)})`,
        ...tip(options),
      }),
      ...segments.map((segment, at) =>
        Plot.text([segment], {
          x: 'days',
          y: 'share',
          text: 'segment',
          dx: 9,
          dy: labels[at]! - pixels[at]! - 10,
          textAnchor: 'start',
          fill: INK,
          fontWeight: 600,
          ...HALO,
        }),
      ),
    ],
  });
}

export const modelFinder: Chart<typeof columns> = { columns, draw };
