import * as Plot from '@observablehq/plot';
import type { Table } from 'apache-arrow';
import { count, rate } from '../design/formats.ts';
import type { Chart, ChartOptions, RowOf } from './chart.ts';
import { ACCENT, INK, INK_2, INK_3, isNarrow, plotOn, RULE, tip } from './ground.ts';
import { PROCESS_SHARE } from '../questions/coaching/thresholds.ts';
import { rowsOf } from './rows.ts';

const columns = {
  /** "Aug 2026", in order */
  month: 'text',
  /** Share of reps with a coaching session, as a fraction. */
  share: 'number',
  reps: 'number',
} as const;

type Month = RowOf<typeof columns>;

/** The share of reps with a session in each month; the line is the share from which coaching is a process. */
function draw(table: Table, options: ChartOptions): Element {
  const months = rowsOf(columns, table);
  const last = months.slice(-1);
  const title = ({ month, share, reps }: Month) => `${month}: ${rate(share, 0)} of ${count(reps, 'rep')}`;
  const step = Math.ceil(months.length / (isNarrow(options) ? 4 : 9));
  const named = months.filter((_, at) => (months.length - 1 - at) % step === 0);
  return plotOn(options, {
    height: 220,
    margin: 0,
    marginTop: 24,
    marginBottom: 26,
    marginLeft: 2,
    marginRight: 14,
    x: { type: 'band', domain: months.map(({ month }) => month), padding: 0.2, axis: null },
    y: { axis: null, domain: [0, 1] },
    marks: [
      Plot.ruleY([PROCESS_SHARE], { stroke: RULE }),
      Plot.text([`${rate(PROCESS_SHARE, 0)} of reps`], {
        y: PROCESS_SHARE,
        frameAnchor: 'left',
        dy: -8,
        textAnchor: 'start',
        fill: INK_3,
      }),
      Plot.barY(months, { x: 'month', y: 'share', fill: ACCENT, title, ...tip(options) }),
      Plot.ruleY([0], { stroke: INK }),
      Plot.text(last, {
        x: 'month',
        y: 'share',
        dy: -10,
        text: ({ share }: Month) => rate(share, 0),
        fill: INK,
        fontWeight: 600,
      }),
      Plot.text(named, {
        x: 'month',
        frameAnchor: 'bottom',
        dy: 8,
        lineAnchor: 'top',
        text: ({ month }: Month) => month,
        fill: INK_2,
      }),
    ],
  });
}

export const coachedMonths: Chart<typeof columns> = { columns, draw };
