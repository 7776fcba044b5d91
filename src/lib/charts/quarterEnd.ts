import * as Plot from '@observablehq/plot';
import type { Table } from 'apache-arrow';
import { count, moneyShort, rate } from '../design/formats.ts';
import type { Chart, ChartOptions, RowOf } from './chart.ts';
import { ACCENT, HALO, INK, INK_2, INK_3, isNarrow, NEUTRAL, plotOn, tip } from './ground.ts';
import { rowsOf } from './rows.ts';
import { stacked } from './stacked.ts';

const columns = {
  /** Business days left when the span begins and ends, most first: "14–10". */
  span: 'text',
  /** Discretionary discount ÷ list, fractions; null where nothing was sold. */
  rate: 'number',
  /** Bookings over all quarters, in the reporting currency. */
  net: 'number',
  deals: 'number',
  /** In the last ten business days. */
  is_late: 'flag',
} as const;

type Span = RowOf<typeof columns>;

/** Discount rate over bookings by business days left in the quarter, all quarters together. */
function draw(table: Table, options: ChartOptions): Element {
  const spans = rowsOf(columns, table);
  const frame = {
    margin: 0,
    marginLeft: 2,
    marginRight: 2,
    x: { type: 'band', domain: spans.map(({ span }) => span), padding: 0.25, axis: null },
    y: { axis: null },
  } as const;
  const title = (one: Span) =>
    `${one.span} business days left: ${one.rate === null ? 'no list price known' : `${rate(one.rate)} discount`}, ` +
    `${moneyShort(one.net, options.currency!)} booked in ${count(one.deals, 'deal')}`;
  return stacked([
    plotOn(options, {
      ...frame,
      height: 130,
      marginTop: 24,
      marginBottom: 10,
      marks: rates(spans, title, options),
    }),
    plotOn(
      { ...options, label: undefined },
      { ...frame, height: 150, marginTop: 30, marginBottom: 38, marks: booked(spans, title, options) },
    ),
  ]);
}

function rates(spans: Span[], title: (one: Span) => string, options: ChartOptions): Plot.Markish[] {
  const known = spans.filter((one) => one.rate !== null);
  const highest = known.toSorted((a, b) => b.rate! - a.rate!)[0];
  // Two that stand next to each other would touch on a phone.
  const beside = isNarrow(options) && highest === known.at(-2);
  const figure: Plot.TextOptions = {
    ...{ x: 'span', y: 'rate', dy: -12, fill: INK, ...HALO },
    text: (one: Span) => rate(one.rate),
  };
  // The first stands under the picture's name.
  const top: Plot.TextOptions =
    highest === spans[0] ? { ...figure, textAnchor: 'start', dx: 9, dy: 0 } : figure;
  const last = known.slice(-1).filter((one) => one !== highest);
  return [
    Plot.line(spans, { x: 'span', y: (one: Span) => one.rate ?? NaN, stroke: NEUTRAL, strokeWidth: 1.5 }),
    Plot.dot(known, {
      x: 'span',
      y: 'rate',
      r: 4,
      fill: (one: Span) => (one.is_late ? ACCENT : NEUTRAL),
      title,
      ...tip(options),
    }),
    Plot.text(highest ? [highest] : [], top),
    Plot.text(last, beside ? { ...figure, dy: 14 } : figure),
    Plot.text(['discount rate'], { frameAnchor: 'top-left', dy: -22, fill: INK_2 }),
  ];
}

function booked(spans: Span[], title: (one: Span) => string, options: ChartOptions): Plot.Markish[] {
  const late = spans.filter((one) => one.is_late);
  const highest = spans.toSorted((a, b) => (b.net ?? 0) - (a.net ?? 0))[0];
  const said = spans.filter((one) => one === highest || (!isNarrow(options) && one.is_late));
  const step = isNarrow(options) ? 3 : 1;
  return [
    Plot.barY(spans, {
      x: 'span',
      y: 'net',
      fill: (one: Span) => (one.is_late ? ACCENT : NEUTRAL),
      title,
      ...tip(options),
    }),
    Plot.ruleY([0], { stroke: INK }),
    Plot.text(said, {
      x: 'span',
      y: 'net',
      dy: -9,
      text: (one: Span) => moneyShort(one.net, options.currency!),
      fill: INK,
      ...HALO,
    }),
    Plot.text(['bookings'], { frameAnchor: 'top-left', dy: -28, fill: INK_2 }),
    Plot.text(
      spans.filter((_, at) => (spans.length - 1 - at) % step === 0),
      { x: 'span', frameAnchor: 'bottom', dy: 8, lineAnchor: 'top', text: 'span', fill: INK_3 },
    ),
    Plot.text(late.slice(-1), {
      frameAnchor: 'bottom-right',
      dy: 24,
      lineAnchor: 'top',
      text: () => 'business days left in the quarter',
      fill: INK_2,
    }),
  ];
}

export const quarterEnd: Chart<typeof columns> = { columns, draw };
