import * as Plot from '@observablehq/plot';
import type { Table } from 'apache-arrow';
import { count, rate } from '../design/formats.ts';
import type { Chart, ChartOptions, RowOf } from './chart.ts';
import { ACCENT, ALARM, HALO, INK_2, INK_3, isNarrow, NEUTRAL, plotOn, RULE, tip } from './ground.ts';
import { rowsOf } from './rows.ts';

const columns = {
  /** The band of the first deal's discount. */
  name: 'text',
  /** Which of the customer's deals. */
  number: 'number',
  rate: 'number',
  deals: 'number',
  /** Where the band stands among the bands, from 0. */
  rank: 'number',
} as const;

export type PathRow = RowOf<typeof columns>;

const colours = [INK_3, NEUTRAL, ACCENT, ALARM];
const ordinals = ['first', 'second', 'third', 'fourth', 'fifth'];

/** Whether the second deal of the band was discounted more than its first. */
const goesUp = ({ name, rate: own }: PathRow, points: readonly PathRow[]) =>
  points.some((next) => next.name === name && next.number === 2 && next.rate! > own!);

/** Discount rate from one deal of a customer to the next, by what the first one got. */
function draw(table: Table, options: ChartOptions): Element {
  const points = rowsOf(columns, table).filter((point) => point.rate !== null);
  const narrow = isNarrow(options);
  const height = 280;
  const longest = Math.max(2, ...points.map(({ number }) => number!));
  const highest = Math.max(0.05, ...points.map((point) => point.rate!)) * 1.08;
  const marginTop = 24;
  const marginBottom = 40;
  // Bands are apart from each other on the first deal: there they are named.
  const first = points.filter(({ number }) => number === 1);
  const place = { x: 'number', y: 'rate' } as const;
  const colour = ({ rank }: PathRow) => colours[rank ?? 0] ?? INK_2;
  const title = ({ name, number, rate: own, deals }: PathRow) =>
    `first deal ${name}: ${rate(own)} on the ${ordinals[number! - 1] ?? `${number}th`} (${count(deals, 'deal')})`;
  return plotOn(options, {
    ...{ height, marginTop, marginBottom, marginLeft: 44, marginRight: narrow ? 24 : 48 },
    x: {
      ...{ domain: [1, longest], tickSize: 0 },
      ticks: Array.from({ length: longest }, (_, at) => at + 1),
      tickFormat: (value: number) => ordinals[value - 1] ?? String(value),
      ...{ label: "the customer's deal", labelAnchor: 'center', labelArrow: 'none' },
    },
    y: {
      ...{ domain: [0, highest], ticks: 5, tickFormat: (value: number) => rate(value, 0), tickSize: 0 },
      ...{ label: 'discount rate', labelArrow: 'none' },
    },
    marks: [
      Plot.gridY({ ticks: 5, stroke: RULE, strokeOpacity: 1 }),
      Plot.line(points, { ...place, z: 'name', stroke: colour, strokeWidth: 2 }),
      Plot.dot(points, { ...place, fill: colour, r: 3.5, title, ...tip(options) }),
      // On the side that its own line leaves free.
      [true, false].map((rises) =>
        Plot.text(
          first.filter((point) => goesUp(point, points) === rises),
          {
            ...{ ...place, ...HALO, textAnchor: 'start', dx: 9, dy: rises ? 11 : -9, fill: INK_2 },
            text: ({ name }: PathRow) => (narrow ? name! : `first deal ${name}`),
          },
        ),
      ),
    ],
  });
}

export const discountPath: Chart<typeof columns> = { columns, draw };
