import * as Plot from '@observablehq/plot';
import type { Table } from 'apache-arrow';
import type { ChartOptions, RowOf } from './chart.ts';
import { ACCENT, ALARM, HALO, INK, INK_2, INK_3, isNarrow, NEUTRAL, plotOn, RULE, tip } from './ground.ts';
import { rowsOf } from './rows.ts';
import { running, type Run } from './running.ts';

export const bridgeColumns = {
  id: 'text',
  label: 'text',
  /** Totals as they are, parts as signed changes; null where it is not known. */
  amount: 'number',
  /** `total` or `part` */
  kind: 'text',
  /** Someone should act on this one. */
  alarm: 'flag',
} as const;

type Part = Run<RowOf<typeof bridgeColumns>>;
type Say = (amount: number, isTotal: boolean) => string;

const colour = ({ amount, alarm }: Part) => (alarm ? ALARM : amount < 0 ? NEUTRAL : ACCENT);

/**
 * The way from one figure to another. Totals are places on the scale, not bars, since the scale begins where
 * the changes are and not at zero.
 */
export function bridge(table: Table, options: ChartOptions, say: Say): Element {
  const all = running(rowsOf(bridgeColumns, table));
  const parts = all.filter(({ kind }) => kind !== 'total');
  const totals = all.filter(({ kind }) => kind === 'total');
  const narrow = isNarrow(options);
  const height = narrow ? 46 : 34;
  const text = (part: Part) => say(part.amount, part.kind === 'total');
  const title = (part: Part) => `${part.label}: ${text(part)}`;
  const joints = all.slice(1).map((part, at) => ({ above: all[at]!.id, below: part.id, sum: all[at]!.to }));
  const drop = narrow ? 10 : 0;
  const values = all.flatMap(({ from, to, kind }) => (kind === 'total' ? [to] : [from, to]));
  const reach = Math.max(...values) - Math.min(...values) || Math.abs(values[0] ?? 1) || 1;
  const end = ({ from, to, kind }: Part) => (kind === 'total' ? to : Math.max(from, to));
  return plotOn(options, {
    height: Math.max(1, all.length) * height,
    margin: 0,
    marginLeft: narrow ? 8 : 190,
    marginRight: narrow ? 8 : 90,
    y: { domain: all.map(({ id }) => id), axis: null },
    x: { axis: null, domain: [Math.min(...values) - reach * 0.04, Math.max(...values) + reach * 0.04] },
    marks: [
      narrow
        ? null
        : Plot.ruleY(all, { y: 'id', stroke: RULE, dy: height / 2, insetLeft: -190, insetRight: -90 }),
      narrow
        ? null
        : Plot.link(joints, {
            x1: 'sum',
            x2: 'sum',
            y1: 'above',
            y2: 'below',
            stroke: INK_3,
            strokeWidth: 0.75,
          }),
      Plot.barX(parts, {
        y: 'id',
        x1: 'from',
        x2: 'to',
        insetTop: narrow ? 22 : 9,
        insetBottom: narrow ? 8 : 9,
        fill: colour,
        title,
        ...tip(options),
      }),
      Plot.dot(totals, { x: 'to', y: 'id', dy: drop, r: 5, fill: INK, title, ...tip(options) }),
      Plot.text(all, {
        ...HALO,
        y: 'id',
        frameAnchor: 'left',
        text: 'label',
        lineWidth: 15,
        textOverflow: 'ellipsis',
        ...(narrow ? { dy: -12, dx: -8 } : { dx: -190 }),
        fill: INK_2,
      }),
      narrow
        ? Plot.text(all, {
            ...HALO,
            y: 'id',
            frameAnchor: 'right',
            dx: 8,
            dy: -12,
            text,
            fill: INK,
            fontWeight: 500,
          })
        : Plot.text(all, {
            ...HALO,
            y: 'id',
            x: end,
            dx: 10,
            textAnchor: 'start',
            text,
            fill: INK,
            fontWeight: 500,
          }),
    ],
  });
}
