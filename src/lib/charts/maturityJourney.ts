import * as Plot from '@observablehq/plot';
import type { Table } from 'apache-arrow';
import { period as periodWords } from '../design/formats.ts';
import type { Chart, ChartOptions, RowOf } from './chart.ts';
import { ACCENT, INK_2, INK_3, plotOn, RULE, tip } from './ground.ts';
import { rowsOf } from './rows.ts';

const columns = {
  /** `2026-Q3`, in order */
  period: 'text',
  /** 0 average to 3 elite: the level reached for sure, and the highest that what is unknown leaves open. */
  at_least: 'number',
  at_most: 'number',
  /** "good", or "average to great" */
  level: 'text',
} as const;

type Quarter = RowOf<typeof columns>;

const levels = ['average', 'good', 'great', 'elite'];

/** The level of one domain by quarter: a step reached for sure, and how far above it may lie. */
function draw(table: Table, options: ChartOptions): Element {
  const quarters = rowsOf(columns, table);
  const title = ({ period, level }: Quarter) => `${periodWords(period)}: ${level}`;
  const ends = quarters.filter((_, at) => at === 0 || at === quarters.length - 1);
  return plotOn(options, {
    height: 150,
    marginLeft: 60,
    marginRight: 8,
    marginTop: 10,
    marginBottom: 24,
    x: { type: 'band', domain: quarters.map(({ period }) => period), padding: 0.15, axis: null },
    y: { domain: [-0.35, 3.35], axis: null },
    marks: [
      Plot.ruleY([0, 1, 2, 3], { stroke: RULE }),
      Plot.text([0, 1, 2, 3], {
        y: (level: number) => level,
        text: (level: number) => levels[level]!,
        frameAnchor: 'left',
        textAnchor: 'end',
        dx: -8,
        fill: INK_2,
      }),
      Plot.barY(quarters, {
        x: 'period',
        y1: ({ at_least }: Quarter) => (at_least ?? 0) - 0.14,
        y2: ({ at_most }: Quarter) => (at_most ?? 0) + 0.14,
        fill: ACCENT,
        fillOpacity: 0.22,
        title,
        ...tip(options),
      }),
      Plot.barY(quarters, {
        x: 'period',
        y1: ({ at_least }: Quarter) => (at_least ?? 0) - 0.14,
        y2: ({ at_least }: Quarter) => (at_least ?? 0) + 0.14,
        fill: ACCENT,
        title,
      }),
      ...ends.map((quarter, at) =>
        Plot.text([quarter], {
          x: 'period',
          frameAnchor: 'bottom',
          dy: 8,
          lineAnchor: 'top',
          text: ({ period }: Quarter) => periodWords(period),
          fill: INK_3,
          textAnchor: ends.length === 1 ? 'middle' : at === 0 ? 'start' : 'end',
          dx: ends.length === 1 ? 0 : at === 0 ? -12 : 12,
        }),
      ),
    ],
  });
}

export const maturityJourney: Chart<typeof columns> = { columns, draw };
