import * as Plot from '@observablehq/plot';
import type { Table } from 'apache-arrow';
import { moneyShort, period as periodLabel } from '../design/formats.ts';
import type { Chart, ChartOptions, RowOf } from './chart.ts';
import { ACCENT, HALO, INK, INK_2, INK_3, isNarrow, plotOn, RULE, tip } from './ground.ts';
import { rowsOf } from './rows.ts';
import { stacked } from './stacked.ts';

const columns = {
  motion: 'text',
  /** `2026-Q3`, in order */
  period: 'text',
  net: 'number',
} as const;

type Bar = RowOf<typeof columns>;

/** Net by fiscal quarter, one row of bars a motion, all on one scale. */
function draw(table: Table, options: ChartOptions): Element {
  const bars = rowsOf(columns, table);
  const motions = [...new Set(bars.map(({ motion }) => motion))];
  const highest = Math.max(...bars.map(({ net }) => net ?? 0), 1);
  if (motions.length === 0) return row([], highest, true, options);
  return stacked(
    motions.map((motion, at) =>
      row(
        bars.filter((bar) => bar.motion === motion),
        highest,
        at === motions.length - 1,
        at === 0 ? options : { ...options, label: undefined },
      ),
    ),
  );
}

function row(bars: Bar[], highest: number, isLast: boolean, options: ChartOptions): SVGSVGElement {
  const narrow = isNarrow(options);
  const say = ({ net }: Bar) => moneyShort(net ?? 0, options.currency!);
  const largest = bars.toSorted((a, b) => (b.net ?? 0) - (a.net ?? 0))[0];
  // On a phone two figures need room for one between them.
  const apart = bars.length - 1 - bars.indexOf(largest!) > (narrow ? 3 : 0);
  const said = bars.filter((bar) => bar === bars.at(-1) || (bar === largest && apart));
  return plotOn(options, {
    height: 74 + (isLast ? 34 : 0),
    margin: 0,
    marginLeft: narrow ? 64 : 110,
    marginRight: 24,
    marginTop: 18,
    marginBottom: isLast ? 36 : 2,
    x: { type: 'band', domain: bars.map(({ period }) => period), padding: 0.3, axis: null },
    y: { axis: null, domain: [0, highest] },
    marks: [
      Plot.ruleY([0], { stroke: RULE }),
      Plot.barY(bars, {
        x: 'period',
        y: 'net',
        fill: ACCENT,
        title: (bar: Bar) => `${bar.motion}, ${periodLabel(bar.period)}: ${say(bar)}`,
        ...tip(options),
      }),
      Plot.text(said, { ...HALO, x: 'period', y: 'net', dy: -8, text: say, fill: INK }),
      Plot.text(bars.slice(0, 1), {
        frameAnchor: 'bottom-left',
        dx: narrow ? -64 : -110,
        dy: -2,
        text: 'motion',
        fill: INK_2,
        fontWeight: 600,
      }),
      isLast
        ? Plot.text(bars, {
            x: 'period',
            frameAnchor: 'bottom',
            dy: 8,
            lineAnchor: 'top',
            text: ({ period }: Bar, at: number) => {
              const [year, quarter = ''] = periodLabel(period).split(' ');
              if (narrow && bars.length > 4) return quarter === 'Q1' ? year! : '';
              return quarter === 'Q1' || at === 0 ? `${quarter}\n${year}` : quarter;
            },
            fill: INK_3,
          })
        : null,
    ],
  });
}

export const motionBars: Chart<typeof columns> = { columns, draw };
