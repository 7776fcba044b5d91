import * as Plot from '@observablehq/plot';
import type { Table } from 'apache-arrow';
import { decimal } from '../design/formats.ts';
import { beside, sides, type Side } from './beside.ts';
import type { Chart, ChartOptions, RowOf } from './chart.ts';
import { ACCENT, ALARM, HALO, INK, INK_3, isNarrow, NEUTRAL, plotOn, RULE, tip } from './ground.ts';
import { rowsOf } from './rows.ts';
import { spread } from './spread.ts';

const columns = {
  /** `unit`, or `limit` for a point of the curves. */
  kind: 'text',
  name: 'text',
  /** What the figures are, for the pointer: "22.1% of list, 14.8% expected, 41 deals". */
  said: 'text',
  /** Standard error of the ratio where nothing differs; of units and limits. */
  error: 'number',
  /** Observed ÷ expected; of units. */
  ratio: 'number',
  low95: 'number',
  high95: 'number',
  low998: 'number',
  high998: 'number',
  outside: 'flag',
  /** More than chance explains among all that was compared: only these are coloured. */
  stated: 'flag',
  /** Outside on the side that is good for the company. */
  good: 'flag',
} as const;

type FunnelRow = RowOf<typeof columns>;

const bounds = ['low95', 'high95', 'low998', 'high998'] as const;
type Bound = (typeof bounds)[number];

/** So few units are named wherever they stand. */
const FEW = 12;

/** Pixels of a line of text. */
const LINE = 15;

const MARGIN = { top: 14, right: 52, bottom: 30, left: 48 } as const;

/** Ours: a picture shows differences of two in a hundred at the least, so that nearly nothing looks like it. */
const LEAST_REACH = 0.02;

const evidence = ({ error }: FunnelRow) => 1 / Math.max(1e-9, error ?? 1);

/**
 * How far up and down the picture goes: to the farthest unit, and as far as the limits of those with least to go by,
 * which may lie far beyond any unit, but little more than half as far again as the units do.
 */
function reachOf(units: FunnelRow[], widest: FunnelRow | undefined): [bottom: number, top: number] {
  const ratios = units.map(({ ratio }) => ratio!);
  const reach = 1.6 * Math.max(LEAST_REACH, ...ratios.map((ratio) => Math.abs(ratio - 1)));
  const top = Math.max(1 + LEAST_REACH, ...ratios, Math.min(widest?.high998 ?? 1, 1 + reach));
  const bottom = Math.min(1 - LEAST_REACH, ...ratios, Math.max(widest?.low998 ?? 1, 1 - reach));
  const air = 0.06 * (top - bottom);
  return [Math.max(0, bottom - air), top + air];
}

/** Observed ÷ expected over how much there is to go by, between limits that chance alone keeps within. */
function draw(table: Table, options: ChartOptions): Element {
  const rows = rowsOf(columns, table);
  const units = rows.filter(({ kind, ratio }) => kind === 'unit' && ratio !== null);
  const limits = rows.filter(({ kind }) => kind === 'limit').toSorted((a, b) => evidence(a) - evidence(b));
  const height = isNarrow(options) ? 300 : 340;
  const [bottom, top] = reachOf(units, limits[0]);
  const [right, near] = [limits.at(-1), limits[0] ? evidence(limits[0]) : 0];
  const far = right ? evidence(right) : 1;
  const plot = {
    width: options.width - MARGIN.left - MARGIN.right,
    height: height - MARGIN.top - MARGIN.bottom,
  };
  const across = (at: number) => MARGIN.left + ((at - near) / Math.max(1e-9, far - near)) * plot.width;
  const down = (ratio: number) => MARGIN.top + ((top - ratio) / (top - bottom)) * plot.height;
  const within = (name: Bound) => limits.filter((row) => row[name]! > bottom && row[name]! <= top);
  const curve = (name: Bound, style: Plot.LineOptions) =>
    Plot.line(within(name), { x: evidence, y: name, stroke: NEUTRAL, strokeWidth: 1.2, ...style });
  const inside = units.filter(({ outside }) => !outside);
  const outside = units.filter((unit) => unit.outside);
  const title = ({ name, said }: FunnelRow) => `${name}: ${said}`;
  const dot = { x: evidence, y: 'ratio', r: 4, title, ...tip(options) } as const;
  // Where limits are narrow their names would lie on each other.
  const names = [
    { y: right?.high998, text: '99.8%' },
    { y: right?.high95, text: '95%' },
    { y: right && 1, text: '1×' },
  ].filter(({ y }) => y != null && y <= top);
  const apart = spread(
    names.map(({ y }) => y!),
    (LINE / plot.height) * (top - bottom),
  );
  const ends = names.map(({ text }, at) => ({ text, y: apart[at]! }));
  const marked = (unit: FunnelRow) => ({
    unit,
    needed: unit.outside,
    name: unit.name,
    x: across(evidence(unit)),
    y: down(unit.ratio!),
  });
  const placed = beside(
    (units.length > FEW ? outside : units)
      .toSorted(
        (a, b) => Number(b.outside) - Number(a.outside) || Math.abs(b.ratio! - 1) - Math.abs(a.ratio! - 1),
      )
      .map(marked),
    {
      marks: units.map(marked),
      taken: ends.map(({ y }) => ({
        ...{ left: options.width - MARGIN.right, right: options.width },
        ...{ top: down(y) - LINE / 2, bottom: down(y) + LINE / 2 },
      })),
      courses: [
        [1, 1].map((y, at) => ({ x: across([near, far][at]!), y: down(y) })),
        ...bounds.map((name) =>
          within(name).map((row) => ({ x: across(evidence(row)), y: down(row[name]!) })),
        ),
      ],
      frame: { left: MARGIN.left, right: options.width, top: 0, bottom: height - MARGIN.bottom },
    },
    isNarrow(options) ? 13 : 12,
  );
  const foot = { text: (text: string) => text, dy: 22, fill: INK_3 } as const;
  return plotOn(options, {
    height,
    marginTop: MARGIN.top,
    marginRight: MARGIN.right,
    marginBottom: MARGIN.bottom,
    marginLeft: MARGIN.left,
    x: { axis: null, domain: [near, far] },
    y: { axis: null, domain: [bottom, top] },
    marks: [
      Plot.axisY({
        ...{ label: null, tickSize: 0, ticks: 5, fill: INK_3 },
        tickFormat: (value: number) => `${decimal(value, top - bottom < 0.3 ? 2 : 1)}×`,
      }),
      Plot.ruleY([1], { stroke: INK, strokeWidth: 1 }),
      bounds.map((name) => curve(name, name.endsWith('998') ? { strokeDasharray: '3,3' } : {})),
      Plot.ruleY([bottom], { stroke: RULE }),
      Plot.dot(inside, { ...dot, fill: NEUTRAL, fillOpacity: 0.75 }),
      Plot.dot(outside, {
        ...dot,
        fill: ({ stated, good }: FunnelRow) => (stated ? (good ? ACCENT : ALARM) : INK_3),
      }),
      (Object.keys(sides) as Side[]).map((side) =>
        Plot.text(
          placed.flatMap((one) => (one.side === side ? [one.mark.unit] : [])),
          { ...sides[side], ...HALO, x: evidence, y: 'ratio', text: 'name', fill: INK },
        ),
      ),
      Plot.text(ends, { x: () => far, y: 'y', text: 'text', dx: 6, textAnchor: 'start', fill: INK_3 }),
      Plot.text(right ? ['fewer cases'] : [], { ...foot, frameAnchor: 'bottom-left' }),
      Plot.text(right ? ['more cases →'] : [], { ...foot, frameAnchor: 'bottom-right' }),
    ],
  });
}

export const funnel: Chart<typeof columns> = { columns, draw };
export type { FunnelRow };
