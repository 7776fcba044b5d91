import * as Plot from '@observablehq/plot';
import type { Table } from 'apache-arrow';
import { count, points, pointsInterval } from '../design/formats.ts';
import type { Chart, ChartOptions, RowOf } from './chart.ts';
import { ACCENT, HALO, INK, INK_2, INK_3, isNarrow, NEUTRAL, PAPER, plotOn, RULE, tip } from './ground.ts';
import { rowsOf } from './rows.ts';

const columns = {
  /** Quarters since coaching began: 0 is the first with coaching. */
  event: 'number',
  /** Differences of fractions; the interval is null where it can't be told. */
  estimate: 'number',
  low: 'number',
  high: 'number',
  /** `before`, `window` (left out on both sides) or `after` */
  phase: 'text',
  /** Reps' quarters behind it. */
  n: 'number',
} as const;

type Event = RowOf<typeof columns> & { event: number; estimate: number };

/** Intervals wider than so many times the largest estimate are cut off at the frame: few quarters say little. */
const REACH = 3;

const quarters = (event: number) =>
  event < 0
    ? `${count(-event, 'quarter')} before`
    : event === 0
      ? 'first quarter'
      : `${count(event, 'quarter')} after`;

/** What coached reps did otherwise than expected, by quarter before and since coaching, with 95% intervals. */
function draw(table: Table, options: ChartOptions): Element {
  const events = rowsOf(columns, table).filter(
    (event): event is Event => event.event !== null && event.estimate !== null,
  );
  const narrow = isNarrow(options);
  const [first, last] = [events[0], events.at(-1)];
  const largest = Math.max(0.01, ...events.map(({ estimate }) => Math.abs(estimate)));
  const cut = (value: number) => Math.max(-REACH * largest, Math.min(REACH * largest, value));
  const held = events.filter(({ low, high }) => low !== null && high !== null);
  const window = events.filter(({ phase }) => phase === 'window').map(({ event }) => event);
  const colour = ({ phase }: Event) => (phase === 'after' ? ACCENT : NEUTRAL);
  const title = ({ event, estimate, low, high, n }: Event) =>
    `${quarters(event)}: ${points(estimate, { bare: true })} points` +
    (low === null || high === null ? '' : ` (${pointsInterval(low, high)})`) +
    `, ${count(n, 'quarter')} of reps`;
  const start = events.find(({ event }) => event === 0);
  const label = { ...HALO, x: 'event', y: 'estimate', dy: -9, fill: INK, fontWeight: 500 } as const;
  const text = ({ estimate }: Event) => points(estimate, { bare: true });
  return plotOn(options, {
    height: narrow ? 260 : 300,
    margin: 0,
    marginTop: 26,
    marginBottom: 40,
    marginLeft: narrow ? 38 : 46,
    marginRight: 12,
    x: { axis: null, domain: [(first?.event ?? 0) - 0.6, (last?.event ?? 0) + 0.6] },
    y: { axis: null, nice: true },
    marks: [
      window.length > 0
        ? Plot.rectX([0], {
            x1: Math.min(...window) - 0.5,
            x2: Math.max(...window) + 0.5,
            fill: RULE,
            fillOpacity: 0.45,
          })
        : null,
      Plot.axisY({
        ticks: 5,
        label: null,
        tickSize: 0,
        fill: INK_3,
        tickFormat: (value: number) => points(value, { bare: true, digits: largest < 0.02 ? 1 : 0 }),
      }),
      Plot.ruleY([0], { stroke: INK }),
      Plot.ruleX([-0.5], { stroke: INK_3, strokeDasharray: '2,3' }),
      Plot.link(held, {
        x1: 'event',
        x2: 'event',
        y1: ({ low }: Event) => cut(low!),
        y2: ({ high }: Event) => cut(high!),
        stroke: colour,
        strokeWidth: 1.75,
      }),
      Plot.dot(events, {
        x: 'event',
        y: 'estimate',
        r: 4.5,
        fill: (event: Event) => (event.phase === 'window' ? PAPER : colour(event)),
        stroke: colour,
        strokeWidth: 1.5,
        title,
        ...tip(options),
      }),
      Plot.text(start && !narrow ? [start] : [], { ...label, dx: 9, textAnchor: 'start', text }),
      Plot.text(last && !narrow && last.phase === 'after' ? [last] : [], {
        ...label,
        dx: -9,
        textAnchor: 'end',
        text,
      }),
      Plot.text(['before coaching'], {
        x: -0.65,
        frameAnchor: 'top',
        dy: -18,
        textAnchor: 'end',
        fill: INK_2,
      }),
      Plot.text(['since'], { x: -0.35, frameAnchor: 'top', dy: -18, textAnchor: 'start', fill: INK_2 }),
      Plot.text(events, {
        x: 'event',
        frameAnchor: 'bottom',
        dy: 8,
        lineAnchor: 'top',
        text: ({ event }: Event) => (event === 0 ? '0' : `${event < 0 ? '\u2212' : '+'}${Math.abs(event)}`),
        fill: INK_3,
      }),
      Plot.text(['quarters since coaching began'], { frameAnchor: 'bottom', dy: 36, fill: INK_3 }),
    ],
  });
}

export const eventStudy: Chart<typeof columns> = { columns, draw };
