import * as Plot from '@observablehq/plot';
import type { Table } from 'apache-arrow';
import { rate } from '../design/formats.ts';
import type { Chart, ChartOptions, RowOf } from './chart.ts';
import {
  ACCENT,
  between,
  HALO,
  INK,
  INK_2,
  INK_3,
  isNarrow,
  NEUTRAL,
  PAPER,
  plotOn,
  RULE,
  tip,
} from './ground.ts';
import { rowsOf } from './rows.ts';

const columns = {
  /** `observed`: one row a unit, highest rate first; `mix`: what mix and chance alone give, at even steps. */
  kind: 'text',
  name: 'text',
  rate: 'number',
  /** Cumulative shares of list and of discount, 0 to 1. */
  list: 'number',
  discount: 'number',
} as const;

export type ConcentrationRow = RowOf<typeof columns>;

const ticks = [0, 0.25, 0.5, 0.75, 1];
/** Where the curves are read: the fifth of list that is sold at the highest rates. */
export const READ_AT = 0.2;

/** The height of a curve at a share of list, in straight lines between its points. */
export function heightAt(points: readonly { list: number | null; discount: number | null }[], at: number) {
  let before = { list: 0, discount: 0 };
  for (const { list, discount } of points) {
    const here = { list: list ?? 0, discount: discount ?? 0 };
    if (here.list >= at && here.list > before.list)
      return (
        before.discount + ((at - before.list) / (here.list - before.list)) * (here.discount - before.discount)
      );
    before = here;
  }
  return before.discount;
}

/** Share of discount against share of list, those with the highest rates first; on the diagonal all have one rate. */
function draw(table: Table, options: ChartOptions): Element {
  const rows = rowsOf(columns, table);
  const observed = rows.filter(({ kind }) => kind === 'observed');
  const mix = rows.filter(({ kind }) => kind === 'mix');
  const narrow = isNarrow(options);
  const start = { kind: '', name: '', rate: null, list: 0, discount: 0 };
  const title = ({ name, rate: own, list, discount }: ConcentrationRow) =>
    `${name}: rate ${rate(own)}; up to here ${rate(list, 0)} of list and ${rate(discount, 0)} of discount`;
  const axis = { domain: [0, 1], ticks, tickFormat: (value: number) => rate(value, 0), tickSize: 0 };
  const [height, byMix] = [heightAt(observed, READ_AT), heightAt(mix, READ_AT)];
  const place = { textAnchor: 'start', dx: 10 } as const;
  const line = { x: 'list', y: 'discount' } as const;
  const read = { text: (one: { text: string }) => one.text, ...place, ...HALO };
  return plotOn(options, {
    height: between(260, options.width * 0.5, 400),
    marginLeft: 44,
    marginRight: narrow ? 20 : 40,
    marginTop: 24,
    marginBottom: 44,
    x: { ...axis, label: 'share of list, highest rates first', labelAnchor: 'center', labelArrow: 'none' },
    y: { ...axis, label: 'share of discount', labelArrow: 'none' },
    marks: [
      Plot.gridY(ticks, { stroke: RULE, strokeOpacity: 1 }),
      Plot.link([0], { x1: 0, y1: 0, x2: 1, y2: 1, stroke: INK_3, strokeDasharray: '2,3' }),
      Plot.line(mix, { ...line, stroke: NEUTRAL, strokeWidth: 1.5, strokeDasharray: '5,3' }),
      Plot.line([start, ...observed], { ...line, stroke: ACCENT, strokeWidth: 2 }),
      Plot.dot(observed, {
        ...line,
        r: observed.length > 60 ? 1.5 : 2.5,
        fill: ACCENT,
        title,
        ...tip(options),
      }),
      // Down the line at which both curves are read there is room to say what the lower one gives.
      Plot.ruleX(mix.length > 0 ? [READ_AT] : [], { y1: 0, y2: height, stroke: INK_3 }),
      Plot.dot(mix.length > 0 ? [{ list: READ_AT, discount: byMix }] : [], {
        ...line,
        r: 4,
        fill: PAPER,
        stroke: INK_3,
      }),
      Plot.dot(observed.length > 0 ? [{ list: READ_AT, discount: height }] : [], {
        ...line,
        r: 4.5,
        fill: ACCENT,
      }),
      Plot.text(
        [
          {
            list: READ_AT,
            discount: height,
            text: narrow ? rate(height, 0) : `${rate(height, 0)} of discount`,
          },
        ],
        {
          ...read,
          ...line,
          textAnchor: 'end',
          dx: -8,
          dy: -10,
          fill: INK,
          fontWeight: 600,
        },
      ),
      Plot.text(mix.length > 0 ? [{ list: READ_AT, discount: 0 }] : [], {
        ...line,
        ...HALO,
        textAnchor: 'start',
        dx: 7,
        dy: -11,
        text: () => `${rate(byMix, 0)} by mix and chance${narrow ? '' : ' alone'}`,
        fill: INK_2,
      }),
      Plot.text(narrow ? [] : [{ list: 0.8, discount: 0.8, text: 'one rate for all' }], {
        ...read,
        ...line,
        dy: 16,
        fill: INK_3,
      }),
    ],
  });
}

export const concentrationCurve: Chart<typeof columns> = { columns, draw };
