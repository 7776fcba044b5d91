import * as Plot from '@observablehq/plot';
import type { Table } from 'apache-arrow';
import { moneyShort, moneyTight, rate } from '../design/formats.ts';
import type { Chart, ChartOptions, RowOf } from './chart.ts';
import { ACCENT, ALARM, HALO, INK, INK_2, NEUTRAL, plotOn, RULE, tip } from './ground.ts';
import { rowsOf } from './rows.ts';
import { running, type Run } from './running.ts';

const columns = {
  id: 'text',
  label: 'text',
  /** Signed, in the reporting currency; null where it is not loaded. */
  amount: 'number',
  /** `total` or `step` */
  kind: 'text',
  /** Share of what the bar should hold that is known, 0 to 1; null where that is all of it. */
  coverage: 'number',
  /** Someone should act on this one. */
  alarm: 'flag',
} as const;

/** Pixels that a bar's amount needs; where bars stand closer they lie. */
const BAR_ROOM = 62;
/** Pixels below which neighbours' amounts would touch if written out. */
const TIGHT = 92;

type Bar = Run<RowOf<typeof columns>>;

const isPartial = ({ coverage }: Bar) => coverage !== null && coverage < 1;
const colour = ({ kind, alarm }: Bar) => (alarm ? ALARM : kind === 'total' ? NEUTRAL : ACCENT);

/** From list to what is left of it, a bar a step. Partly known bars are dashed, absent ones absent. */
function draw(table: Table, options: ChartOptions): Element {
  const bars = running(rowsOf(columns, table));
  const room = options.width / bars.length;
  const write = room >= BAR_ROOM && room < TIGHT ? moneyTight : moneyShort;
  const say = ({ amount, kind }: Bar) => write(amount, options.currency!, { signed: kind !== 'total' });
  const title = (bar: Bar) =>
    `${bar.label}: ${say(bar)}${isPartial(bar) ? `, known for ${rate(bar.coverage)}` : ''}`;
  const order = bars.map(({ id }) => id);
  const full = bars.filter((bar) => !isPartial(bar));
  const partial = bars.filter(isPartial);
  const solid = { fill: colour, title, ...tip(options) };
  const dashed = { ...solid, fillOpacity: 0.3, stroke: colour, strokeDasharray: '3,2' };
  return room < BAR_ROOM
    ? lying({ bars, full, partial, solid, dashed, order, say }, options)
    : standing({ bars, full, partial, solid, dashed, order, say }, options);
}

interface Parts {
  bars: Bar[];
  full: Bar[];
  partial: Bar[];
  solid: Plot.BarXOptions & Plot.BarYOptions;
  dashed: Plot.BarXOptions & Plot.BarYOptions;
  order: string[];
  say: (bar: Bar) => string;
}

function standing({ bars, full, partial, solid, dashed, order, say }: Parts, options: ChartOptions): Element {
  const place = { x: 'id', y1: 'from', y2: 'to' } as const;
  const steps = bars.slice(1).map((bar, at) => ({ from: bars[at]!.id, to: bar.id, sum: bars[at]!.to }));
  return plotOn(options, {
    height: 332,
    margin: 0,
    marginTop: 24,
    // Room for names of three lines.
    marginBottom: 60,
    x: { domain: order, padding: 0.34, axis: null },
    y: { axis: null },
    marks: [
      Plot.link(steps, { x1: 'from', x2: 'to', y1: 'sum', y2: 'sum', stroke: RULE }),
      Plot.barY(full, { ...place, ...solid }),
      Plot.barY(partial, { ...place, ...dashed }),
      Plot.ruleY([0], { stroke: INK }),
      Plot.text(bars, {
        x: 'id',
        y: ({ from, to }: Bar) => Math.max(from, to, 0),
        text: say,
        ...HALO,
        dy: -10,
        fill: INK,
        fontWeight: 500,
      }),
      Plot.text(bars, {
        x: 'id',
        frameAnchor: 'bottom',
        text: 'label',
        dy: 12,
        lineAnchor: 'top',
        lineWidth: options.width / bars.length / 12 - 0.5,
        lineHeight: 1.2,
        fill: INK_2,
      }),
    ],
  });
}

/** Where there is no room to stand, as on a phone, the bars lie, each under its name. */
function lying({ bars, full, partial, solid, dashed, order, say }: Parts, options: ChartOptions): Element {
  const place = { y: 'id', x1: 'from', x2: 'to', insetTop: 20, insetBottom: 6 } as const;
  const line = { ...HALO, y: 'id', dy: -12 } as const;
  return plotOn(options, {
    height: bars.length * 46,
    margin: 0,
    marginLeft: 1,
    y: { domain: order, axis: null },
    x: { axis: null },
    marks: [
      Plot.barX(full, { ...place, ...solid }),
      Plot.barX(partial, { ...place, ...dashed }),
      Plot.ruleX([0], { stroke: INK }),
      Plot.text(bars, {
        ...line,
        frameAnchor: 'left',
        dx: 4,
        text: 'label',
        lineWidth: 15,
        textOverflow: 'ellipsis',
        fill: INK_2,
      }),
      Plot.text(bars, { ...line, frameAnchor: 'right', text: say, fill: INK, fontWeight: 500 }),
    ],
  });
}

export const waterfall: Chart<typeof columns> = { columns, draw };
