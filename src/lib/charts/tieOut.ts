import * as Plot from '@observablehq/plot';
import type { Table } from 'apache-arrow';
import { moneyShort, rate } from '../design/formats.ts';
import type { Chart, ChartOptions, RowOf } from './chart.ts';
import { ACCENT, ALARM, HALO, INK, INK_2, isNarrow, NEUTRAL, plotOn, tip } from './ground.ts';
import { rowsOf } from './rows.ts';
import { stacked } from './stacked.ts';

const columns = {
  id: 'text',
  label: 'text',
  /** `due`, `matched`, `unmatched` (no bill found), `cause` of a bill that differs, or `credit`: billed as sold, and credited without approval */
  kind: 'text',
  /** Billed as sold; of a cause, what was billed less than sold. Never negative. */
  amount: 'number',
  /** What was billed more than sold, for the same cause. */
  over: 'number',
  /** Lines, as written: "39 lines" */
  lines: 'text',
} as const;

type Part = RowOf<typeof columns>;

/**
 * What came due as one bar to scale: billed as sold, billed otherwise, and what is missing of it; below, each cause of
 * what is missing on a scale of its own, and credits, which are taken off no bill and so have no part in the bar.
 */
function draw(table: Table, options: ChartOptions): Element {
  const parts = rowsOf(columns, table);
  const of = (kind: string) => parts.find((part) => part.kind === kind)?.amount ?? 0;
  const causes = parts.filter(({ kind }) => kind === 'cause');
  const below = parts.filter(({ kind }) => kind === 'cause' || kind === 'credit');
  if (parts.length === 0) return plotOn(options, { height: 20, axis: null });
  return stacked([
    whole({ told: of('due'), matched: of('matched'), unmatched: of('unmatched') }, causes, options),
    ...(below.length === 0 ? [] : [apart(below, { ...options, label: undefined })]),
  ]);
}

interface Whole {
  told: number;
  matched: number;
  /** Due, and no bill found: not known to be missing. */
  unmatched: number;
}

function whole({ told, matched, unmatched }: Whole, causes: Part[], options: ChartOptions): SVGSVGElement {
  const missing = causes.reduce((sum, { amount }) => sum + (amount ?? 0), 0);
  const due = Math.max(told, matched + unmatched + missing, 1);
  const say = (amount: number) => `${moneyShort(amount, options.currency!)}, ${rate(amount / due)}`;
  const others = due - missing - unmatched;
  const segments = [
    { from: 0, to: matched, fill: NEUTRAL, opacity: 1, title: `Billed as sold: ${say(matched)}` },
    {
      ...{ from: matched, to: others, fill: NEUTRAL, opacity: 0.35 },
      title: `Of others billed: ${say(others - matched)}`,
    },
    {
      ...{ from: others, to: others + unmatched, fill: NEUTRAL, opacity: 0.15 },
      title: `No bill found: ${say(unmatched)}`,
    },
    { from: due - missing, to: due, fill: ALARM, opacity: 1, title: `Billed short: ${say(missing)}` },
  ].filter(({ from, to }) => to - from > due * 1e-9);
  const shown = new Map(segments.map(({ title }) => [title.split(':')[0]!, title]));
  const rest = ['Of others billed', 'No bill found'].flatMap((name) => shown.get(name) ?? []);
  // Beside the first label there is no room on a phone.
  const below = isNarrow(options) ? rest : [];
  return plotOn(options, {
    height: 74 + 18 * below.length,
    margin: 0,
    marginTop: 26,
    marginBottom: 24 + 18 * below.length,
    marginLeft: 1,
    marginRight: 1,
    x: { axis: null, domain: [0, due] },
    y: { axis: null, domain: [0, 1] },
    marks: [
      Plot.rect(segments, {
        ...{ x1: 'from', x2: 'to', y1: 0, y2: 1 },
        ...{ fill: 'fill', fillOpacity: 'opacity', title: 'title' },
        ...tip(options),
      }),
      Plot.text([`Billed as sold: ${say(matched)}`], {
        ...{ frameAnchor: 'top-left', dy: -18, fill: INK, fontWeight: 600 },
      }),
      ...(isNarrow(options)
        ? below.map((label, at) =>
            Plot.text([label], { frameAnchor: 'bottom-right', dy: 36 + 18 * at, fill: INK_2 }),
          )
        : [Plot.text([rest.join(' · ')], { frameAnchor: 'top-right', dy: -18, fill: INK_2 })]),
      Plot.text([`Billed short: ${say(missing)}`], {
        ...{ frameAnchor: 'bottom-right', dy: 18, fill: INK, fontWeight: 600 },
      }),
    ],
  });
}

function apart(causes: Part[], options: ChartOptions): SVGSVGElement {
  const narrow = isNarrow(options);
  const less = ({ amount }: Part) => moneyShort(amount ?? 0, options.currency!);
  const more = ({ over }: Part) => moneyShort(over ?? 0, options.currency!);
  const withLess = causes.filter(({ amount }) => (amount ?? 0) > 0);
  const withMore = causes.filter(({ over }) => (over ?? 0) > 0);
  const place = { y: 'id', insetTop: narrow ? 20 : 7, insetBottom: narrow ? 4 : 7 } as const;
  const title = (part: Part) =>
    `${part.label}: ${less(part)} less than sold, ${more(part)} more, ${part.lines}`;
  const line = narrow ? ({ y: 'id', dy: -10 } as const) : ({ y: 'id' } as const);
  return plotOn(options, {
    height: causes.length * (narrow ? 44 : 32) + 12,
    margin: 0,
    marginTop: 12,
    marginLeft: narrow ? 1 : 190,
    marginRight: narrow ? 90 : 170,
    y: { domain: causes.map(({ id }) => id), axis: null },
    x: { axis: null },
    marks: [
      Plot.barX(withLess, { ...place, x1: 0, x2: 'amount', fill: ALARM, title, ...tip(options) }),
      Plot.barX(withMore, {
        ...place,
        x1: ({ over }: Part) => -(over ?? 0),
        x2: 0,
        fill: ACCENT,
        title,
        ...tip(options),
      }),
      Plot.ruleX([0], { stroke: INK }),
      Plot.text(causes, {
        ...line,
        frameAnchor: 'left',
        textAnchor: 'start',
        dx: narrow ? 0 : -190,
        text: 'label',
        ...HALO,
        fill: INK_2,
      }),
      Plot.text(causes, {
        ...HALO,
        y: 'id',
        dy: narrow ? 8 : 0,
        x: ({ amount }: Part) => amount ?? 0,
        textAnchor: 'start',
        dx: 6,
        text: (part: Part) =>
          [(part.amount ?? 0) > 0 ? less(part) : '', (part.over ?? 0) > 0 ? `${more(part)} more` : '']
            .filter(Boolean)
            .join(' · ') || '—',
        fill: INK,
        fontWeight: 500,
      }),
    ],
  });
}

export const tieOut: Chart<typeof columns> = { columns, draw };
