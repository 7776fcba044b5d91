import * as Plot from '@observablehq/plot';
import type { Table } from 'apache-arrow';
import { count, decimal } from '../design/formats.ts';
import type { Chart, ChartOptions, RowOf } from './chart.ts';
import { ACCENT, HALO, INK, INK_2, INK_3, isNarrow, NEUTRAL, plotOn, RULE, tip } from './ground.ts';
import { rowsOf } from './rows.ts';

const columns = {
  /** The bin's upper end, in percent of list; bins are one point wide. */
  up_to: 'number',
  found: 'number',
  /** What would be found without the limit. */
  expected: 'number',
  /** At and just below the limit, where an excess is looked for. */
  is_at_limit: 'flag',
  /** Within the window that the counterfactual is drawn without. */
  in_window: 'flag',
} as const;

type Bin = RowOf<typeof columns> & { up_to: number };

/** Points that are drawn on either side of the limit. */
const REACH = 15;

/** Discounts by their percent of list: bars as they are, a line as they would be without the limit. */
function draw(table: Table, options: ChartOptions): Element {
  const all = rowsOf(columns, table).filter((bin): bin is Bin => bin.up_to !== null);
  const limit = all.find(({ is_at_limit: at }) => at)?.up_to ?? 0;
  const bins = all.filter(({ up_to: upTo }) => Math.abs(upTo - limit) <= REACH);
  const windowed = bins.filter(({ in_window: inWindow }) => inWindow);
  const title = (bin: Bin) =>
    `above ${decimal(bin.up_to - 1, 0)} up to ${decimal(bin.up_to, 0)}%: ${count(bin.found, 'discount')}, ${decimal(bin.expected, 0)} expected`;
  const at = bins.filter(({ is_at_limit: isAtLimit }) => isAtLimit);
  // The first label would stand half outside.
  const axis = bins.filter(({ up_to: upTo }, at) => upTo % 5 === 0 && at > 0);
  return plotOn(options, {
    height: 250,
    margin: 0,
    marginTop: 40,
    marginBottom: 40,
    marginLeft: 2,
    marginRight: 12,
    x: { axis: null, domain: [limit - REACH - 1, limit + REACH] },
    y: { axis: null },
    marks: [
      Plot.rect(windowed.slice(0, 1), {
        x1: (bin: Bin) => bin.up_to - 1,
        x2: () => windowed.at(-1)!.up_to,
        fill: RULE,
        fillOpacity: 0.5,
      }),
      Plot.rectY(bins, {
        x1: (bin: Bin) => bin.up_to - 0.9,
        x2: (bin: Bin) => bin.up_to - 0.1,
        y: 'found',
        fill: (bin: Bin) => (bin.is_at_limit ? ACCENT : NEUTRAL),
        title,
        ...tip(options),
      }),
      Plot.line(bins, {
        x: (bin: Bin) => bin.up_to - 0.5,
        y: 'expected',
        stroke: INK,
        strokeWidth: 1.5,
      }),
      Plot.dot(bins, { x: (bin: Bin) => bin.up_to - 0.5, y: 'expected', fill: INK, r: 2 }),
      Plot.ruleY([0], { stroke: INK }),
      Plot.text(at, {
        x: (bin: Bin) => bin.up_to - 0.5,
        y: 'found',
        dy: -10,
        text: (bin: Bin) =>
          isNarrow(options)
            ? count(bin.found)
            : `${count(bin.found)} at ${decimal(limit, 0)}%, ${decimal(bin.expected, 0)} expected`,
        fill: INK,
        fontWeight: 600,
        ...HALO,
      }),
      Plot.text(axis, {
        x: (bin: Bin) => bin.up_to - 0.5,
        frameAnchor: 'bottom',
        dy: 8,
        lineAnchor: 'top',
        text: (bin: Bin) => `${decimal(bin.up_to, 0)}%`,
        fill: INK_3,
      }),
      Plot.text(['discount in percent of list'], {
        frameAnchor: 'bottom-right',
        dy: 26,
        lineAnchor: 'top',
        fill: INK_2,
      }),
    ],
  });
}

export const bunching: Chart<typeof columns> = { columns, draw };
