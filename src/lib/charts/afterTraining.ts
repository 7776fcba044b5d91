import * as Plot from '@observablehq/plot';
import type { Table } from 'apache-arrow';
import { count, rate } from '../design/formats.ts';
import type { Chart, ChartOptions, RowOf } from './chart.ts';
import { ACCENT, HALO, INK, INK_2, INK_3, isNarrow, NEUTRAL, plotOn, tip } from './ground.ts';
import { rowsOf } from './rows.ts';
import { spread } from './spread.ts';

const columns = {
  /** Thirteen weeks before (negative) or after a training; 0 is the first after it. */
  since: 'number',
  /** Coached in the 60 days after the training. */
  coached: 'flag',
  rate: 'number',
  deals: 'number',
} as const;

type Point = RowOf<typeof columns> & { since: number; rate: number };

const HEIGHT = 240;

/** The discount rate before and after trainings: where coaching followed, and where it did not. */
function draw(table: Table, options: ChartOptions): Element {
  const all = rowsOf(columns, table).filter(
    (point): point is Point => point.since !== null && point.rate !== null,
  );
  const groups = [true, false].map((coached) => all.filter((point) => point.coached === coached));
  const rates = all.map((point) => point.rate);
  const low = rates.reduce((least, value) => Math.min(least, value), rates[0] ?? 0);
  const high = rates.reduce((most, value) => Math.max(most, value), rates[0] ?? 0);
  const room = Math.max(0.01, (high - low) * 0.15);
  const title = (point: Point) =>
    `${point.coached ? 'coaching followed' : 'no coaching followed'}: ${rate(point.rate)}, ${count(point.deals, 'deal')}`;
  const ends = groups.flatMap((group) => group.slice(-1));
  const heights = spread(
    ends.map((end) => end.rate),
    (16 / (HEIGHT - 60)) * (high - low + 2 * room),
  );
  const steps = [...new Set(all.map(({ since }) => since))].sort((a, b) => a - b);
  return plotOn(options, {
    height: HEIGHT,
    margin: 0,
    marginTop: 24,
    marginBottom: 36,
    marginLeft: 10,
    marginRight: isNarrow(options) ? 104 : 190,
    x: { axis: null, domain: [(steps[0] ?? 0) - 0.2, (steps.at(-1) ?? 0) + 0.2] },
    y: { axis: null, domain: [low - room, high + room] },
    marks: [
      Plot.ruleX([-0.5], { stroke: INK_3, strokeDasharray: '2,3' }),
      Plot.text(['training'], { x: -0.5, frameAnchor: 'top', dy: -16, fill: INK_2 }),
      groups.map((group) => [
        Plot.line(group, {
          x: 'since',
          y: 'rate',
          stroke: group[0]?.coached ? ACCENT : NEUTRAL,
          strokeWidth: 2,
        }),
        Plot.dot(group, {
          x: 'since',
          y: 'rate',
          r: 3.5,
          fill: group[0]?.coached ? ACCENT : NEUTRAL,
          title,
          ...tip(options),
        }),
      ]),
      Plot.text(ends, {
        ...HALO,
        x: 'since',
        y: (_: Point, at: number) => heights[at],
        dx: 9,
        textAnchor: 'start',
        text: (end: Point) =>
          `${rate(end.rate)} ${isNarrow(options) ? (end.coached ? 'coached' : 'coasted') : end.coached ? 'coaching followed' : 'none followed'}`,
        fill: INK,
      }),
      Plot.text(steps, {
        x: (step: number) => step,
        frameAnchor: 'bottom',
        dy: 8,
        lineAnchor: 'top',
        text: (step: number) => (step < 0 ? `\u2212${-step * 13}` : `+${(step + 1) * 13}`),
        fill: INK_3,
      }),
      Plot.text(['weeks before and after'], { frameAnchor: 'bottom', dy: 34, fill: INK_3 }),
    ],
  });
}

export const afterTraining: Chart<typeof columns> = { columns, draw };
