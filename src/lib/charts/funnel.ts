import * as Plot from '@observablehq/plot';
import type { Table } from 'apache-arrow';
import { decimal } from '../design/formats.ts';
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

/** So few units are named wherever they stand. */
const FEW = 12;

/** Pixels of a line of text, and of a letter with its share of the dot before it. */
const LINE = 15;
const LETTER = 8;

const times = (value: number) => `${decimal(value, 1)}×`;
const evidence = ({ error }: FunnelRow) => 1 / Math.max(1e-9, error ?? 1);

interface Place {
  unit: FunnelRow;
  x: number;
  y: number;
}

/** Those whose names have room, the farthest out first: about so many pixels a letter. */
function named(places: Place[]): FunnelRow[] {
  const kept: Place[] = [];
  const farthest = places.toSorted((a, b) => Math.abs(b.unit.ratio! - 1) - Math.abs(a.unit.ratio! - 1));
  for (const place of farthest) {
    const meets = ({ unit, x, y }: Place) =>
      Math.abs(y - place.y) < LINE &&
      (x < place.x ? x + LETTER * unit.name.length > place.x : place.x + LETTER * place.unit.name.length > x);
    if (!kept.some(meets)) kept.push(place);
  }
  return kept.map(({ unit }) => unit);
}

/** Observed ÷ expected over how much there is to go by, between limits that chance alone keeps within. */
function draw(table: Table, options: ChartOptions): Element {
  const rows = rowsOf(columns, table);
  const units = rows.filter(({ kind, ratio }) => kind === 'unit' && ratio !== null);
  const limits = rows.filter(({ kind }) => kind === 'limit').toSorted((a, b) => evidence(a) - evidence(b));
  const height = isNarrow(options) ? 300 : 340;
  const highest = Math.max(1.2, ...units.map(({ ratio }) => ratio!));
  // Limits of those with least to go by may lie far beyond any unit; the picture ends a little above them.
  const top = Math.min(Math.max(highest * 1.08, limits[0]?.high95 ?? 0), highest * 1.6);
  const lowest = Math.min(...units.map(({ ratio }) => ratio!), ...limits.map(({ low998 }) => low998!));
  const bottom = lowest > 0.4 && lowest < 1 ? lowest * 0.94 : 0;
  const curve = (name: 'low95' | 'high95' | 'low998' | 'high998', style: Plot.LineOptions) =>
    Plot.line(
      limits.filter((row) => row[name]! > 0 && row[name]! <= top),
      { x: evidence, y: name, stroke: NEUTRAL, ...style },
    );
  const inner = { strokeWidth: 1.2 };
  const outer = { strokeWidth: 1.2, strokeDasharray: '3,3' };
  const right = limits.at(-1);
  const far = right ? evidence(right) : 1;
  const near = limits[0] ? evidence(limits[0]) : 0;
  const placed = (unit: FunnelRow): Place => ({
    unit,
    x: ((evidence(unit) - near) / Math.max(1e-9, far - near)) * (options.width - 80),
    y: ((unit.ratio! - bottom) / (top - bottom)) * (height - 44),
  });
  const inside = units.filter(({ outside }) => !outside);
  const outside = units.filter(({ outside }) => outside);
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
    (LINE / (height - 44)) * (top - bottom),
  );
  const ends = names.map(({ text }, at) => ({ text, y: apart[at]! }));
  return plotOn(options, {
    height,
    marginTop: 14,
    marginRight: 44,
    marginBottom: 30,
    marginLeft: 36,
    x: { axis: null, domain: [near, far] },
    y: { axis: null, domain: [bottom, top] },
    marks: [
      Plot.axisY({ label: null, tickSize: 0, ticks: 5, tickFormat: times, fill: INK_3 }),
      Plot.ruleY([1], { stroke: INK, strokeWidth: 1 }),
      curve('low95', inner),
      curve('high95', inner),
      curve('low998', outer),
      curve('high998', outer),
      Plot.ruleY([bottom], { stroke: RULE }),
      Plot.dot(inside, { ...dot, fill: NEUTRAL, fillOpacity: 0.75 }),
      Plot.dot(outside, {
        ...dot,
        fill: ({ stated, good }: FunnelRow) => (stated ? (good ? ACCENT : ALARM) : INK_3),
      }),
      Plot.text(named((units.length > FEW ? outside : units).map(placed)), {
        x: evidence,
        y: 'ratio',
        text: 'name',
        dx: 8,
        textAnchor: 'start',
        fill: INK,
        ...HALO,
      }),
      Plot.text(ends, {
        x: () => far,
        y: 'y',
        text: 'text',
        dx: 6,
        textAnchor: 'start',
        fill: INK_3,
      }),
      Plot.text([right ? 'more to go by →' : ''], {
        frameAnchor: 'bottom-right',
        text: (text: string) => text,
        dy: 22,
        fill: INK_3,
      }),
    ],
  });
}

export const funnel: Chart<typeof columns> = { columns, draw };
export type { FunnelRow };
