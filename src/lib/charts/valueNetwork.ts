import * as Plot from '@observablehq/plot';
import type { Table } from 'apache-arrow';
import { moneyShort } from '../design/formats.ts';
import type { Chart, ChartOptions, RowOf } from './chart.ts';
import { ACCENT, ALARM, INK, INK_2, INK_3, isNarrow, NEUTRAL, PAPER, plotOn, tip } from './ground.ts';
import { rowsOf } from './rows.ts';

const columns = {
  id: 'text',
  name: 'text',
  /** differentiation, outcome or final */
  kind: 'text',
  /** The ids that it leads to, one a line. */
  to: 'text',
  /** From differentiations, 0, on. */
  layer: 'number',
  /** Within the layer, from 0. */
  place: 'number',
  /** Recorded on a final outcome; null on a step. */
  amount: 'number',
} as const;

type Outcome = RowOf<typeof columns>;
type At = Outcome & { x: number; y: number };

interface Arrow {
  from: At;
  to: At;
}

const arrowsOf = (placed: At[]): Arrow[] => {
  const at = new Map(placed.map((one) => [one.id, one]));
  return placed.flatMap((from) =>
    from.to.split('\n').flatMap((id) => (at.has(id) && id !== from.id ? [{ from, to: at.get(id)! }] : [])),
  );
};

const isFinal = ({ kind }: Outcome) => kind === 'final';
const edge = (one: Outcome) =>
  isFinal(one) ? ((one.amount ?? 0) > 0 ? ACCENT : ALARM) : one.kind === 'differentiation' ? INK_2 : NEUTRAL;

/** What we offer that differs, as boxes; the outcomes it leads to, rounded; final ones with the value on record. */
function draw(table: Table, options: ChartOptions): Element {
  const outcomes = rowsOf(columns, table);
  return isNarrow(options) ? drawDown(outcomes, options) : drawAcross(outcomes, options);
}

const moneyOf = ({ amount }: Outcome, { currency }: ChartOptions) =>
  currency === undefined ? '' : (amount ?? 0) > 0 ? moneyShort(amount, currency) : 'no value recorded';

const titleOf = (one: Outcome, all: readonly Outcome[], options: ChartOptions) => {
  const names = one.to.split('\n').flatMap((id) => all.find((other) => other.id === id)?.name ?? []);
  const worth = isFinal(one) ? `: ${moneyOf(one, options)}` : '';
  return `${one.name}${worth}${names.length > 0 ? `, leads to ${names.join(', ')}` : ''}`;
};

/** Layers from left to right. */
function drawAcross(outcomes: Outcome[], options: ChartOptions): Element {
  const layers = Math.max(0, ...outcomes.map(({ layer }) => layer ?? 0)) + 1;
  const sizes = Array.from(
    { length: layers },
    (_, at) => outcomes.filter(({ layer }) => layer === at).length,
  );
  const tallest = Math.max(1, ...sizes);
  const height = tallest * 76 + 30;
  const step = options.width / layers;
  const wide = Math.min(step * 0.68, 220);
  const half = wide / 2;
  const placed = outcomes.map((one): At => {
    const at = one.layer ?? 0;
    const left =
      layers === 1 ? options.width / 2 : half + 1 + (at * (options.width - wide - 2)) / (layers - 1);
    return { ...one, x: left, y: 30 + (((one.place ?? 0) + 0.5) / sizes[at]!) * (height - 30) };
  });
  const arrows = arrowsOf(placed);
  const sameLayer = ({ from, to }: Arrow) => from.layer === to.layer;
  const corner = (kind: string) => (kind === 'differentiation' ? 0 : 20);
  const isSeen = ({ x }: At) => Number.isFinite(x);
  const arrow = (list: Arrow[], way: 'on' | 'beside') =>
    Plot.arrow(list, {
      x1: ({ from, to }: Arrow) =>
        way === 'on' ? from.x + half : from.x + (from.y < to.y ? 1 : -1) * half * 0.3,
      y1: ({ from, to }: Arrow) => (way === 'on' ? from.y : from.y + (from.y < to.y ? 26 : -26)),
      x2: ({ from, to }: Arrow) =>
        way === 'on' ? to.x - half : from.x + (from.y < to.y ? 1 : -1) * half * 0.3,
      y2: ({ from, to }: Arrow) => (way === 'on' ? to.y : to.y + (from.y < to.y ? -26 : 26)),
      bend: way === 'on' ? 8 : 0,
      headLength: 7,
      insetEnd: 1,
      stroke: INK_3,
      strokeWidth: 1.2,
    });
  const heads = [
    { x: placed.find(({ layer }) => layer === 0)?.x, text: 'what differs' },
    ...(layers > 1
      ? [{ x: placed.find(({ layer }) => layer === layers - 1)?.x, text: 'final outcomes' }]
      : []),
  ].filter((head) => head.x !== undefined);
  return plotOn(options, {
    height,
    margin: 0,
    x: { domain: [0, options.width], range: [0, options.width], axis: null },
    y: { domain: [0, height], range: [0, height], axis: null },
    marks: [
      Plot.text(heads, { x: 'x', y: 10, text: 'text', fill: INK_3 }),
      arrow(
        arrows.filter((one) => !sameLayer(one)),
        'on',
      ),
      arrow(arrows.filter(sameLayer), 'beside'),
      ...['differentiation', 'outcome', 'final'].map((kind) =>
        Plot.rect(
          placed.filter((one) => isSeen(one) && kindOf(one) === kind),
          {
            x1: ({ x }: At) => x - half,
            x2: ({ x }: At) => x + half,
            y1: ({ y }: At) => y - 26,
            y2: ({ y }: At) => y + 26,
            r: corner(kind),
            fill: PAPER,
            stroke: edge,
            strokeWidth: kind === 'final' ? 2 : 1.2,
            title: (one: At) => titleOf(one, outcomes, options),
            ...tip(options),
          },
        ),
      ),
      Plot.text(placed, {
        x: 'x',
        y: 'y',
        text: (one: At) => (isFinal(one) ? `${one.name}\n${moneyOf(one, options)}` : one.name),
        lineWidth: (wide - 18) / 12,
        lineHeight: 1.3,
        fill: INK,
        fontWeight: 500,
      }),
    ],
  });
}

const kindOf = ({ kind }: Outcome) => (kind === 'differentiation' || kind === 'final' ? kind : 'outcome');

/** On a phone: all outcomes one under the other, layer by layer, and arcs at the right for what leads to what. */
function drawDown(outcomes: Outcome[], options: ChartOptions): Element {
  const step = 46;
  const room = 84;
  const right = options.width - room;
  const height = outcomes.length * step + 8;
  const inOrder = outcomes.toSorted(
    (a, b) => (a.layer ?? 0) - (b.layer ?? 0) || (a.place ?? 0) - (b.place ?? 0),
  );
  const placed = inOrder.map((one, at): At => ({ ...one, x: 0, y: 4 + at * step + step / 2 }));
  const arrows = arrowsOf(placed);
  const reach = ({ from, to }: Arrow) =>
    14 + (room - 22) * Math.min(1, Math.abs(from.y - to.y) / (height * 0.75));
  const arc = (one: Arrow, at: number) => {
    const way = one.from.y < one.to.y ? 5 : -5;
    const [y0, y1] = [one.from.y + way, one.to.y - way];
    // A half ellipse in so many steps: marks of one curve, drawn as a line.
    return Array.from({ length: 17 }, (_, step) => {
      const angle = (Math.PI * step) / 16;
      return {
        ...{ at, x: right + 1 + reach(one) * Math.sin(angle) },
        y: (y0 + y1) / 2 - ((y1 - y0) / 2) * Math.cos(angle),
      };
    });
  };
  const lines = arrows.flatMap(arc);
  return plotOn(options, {
    height,
    margin: 0,
    x: { domain: [0, options.width], range: [0, options.width], axis: null },
    y: { domain: [0, height], range: [0, height], axis: null },
    marks: [
      Plot.line(lines, { x: 'x', y: 'y', z: 'at', stroke: INK_3, strokeWidth: 1.1 }),
      Plot.arrow(arrows, {
        x1: () => right + 9,
        x2: () => right + 1,
        y1: ({ from, to }: Arrow) => to.y - (from.y < to.y ? 5 : -5),
        y2: ({ from, to }: Arrow) => to.y - (from.y < to.y ? 5 : -5),
        headLength: 7,
        stroke: INK_3,
        strokeWidth: 1.1,
      }),
      ...['differentiation', 'outcome', 'final'].map((kind) =>
        Plot.rect(
          placed.filter((one) => kindOf(one) === kind),
          {
            x1: () => (kind === 'differentiation' ? 1 : kind === 'outcome' ? 12 : 24),
            x2: () => right,
            y1: ({ y }: At) => y - 19,
            y2: ({ y }: At) => y + 19,
            r: kind === 'differentiation' ? 0 : 16,
            fill: PAPER,
            stroke: edge,
            strokeWidth: kind === 'final' ? 2 : 1.2,
            title: (one: At) => titleOf(one, outcomes, options),
            ...tip(options),
          },
        ),
      ),
      Plot.text(placed, {
        x: (one: At) => ({ differentiation: 11, outcome: 24, final: 36 })[kindOf(one)],
        y: 'y',
        textAnchor: 'start',
        text: (one: At) => (isFinal(one) ? `${one.name}\n${moneyOf(one, options)}` : one.name),
        lineWidth: (right - 44) / 13,
        lineHeight: 1.2,
        fill: INK,
      }),
    ],
  });
}

export const valueNetwork: Chart<typeof columns> = { columns, draw };
