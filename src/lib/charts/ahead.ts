import * as Plot from '@observablehq/plot';
import type { Table } from 'apache-arrow';
import { count, month as monthLabel, moneyShort } from '../design/formats.ts';
import type { Chart, ChartOptions, RowOf } from './chart.ts';
import { ACCENT, between, INK, INK_2, plotOn, RULE, tip } from './ground.ts';
import { rowsOf } from './rows.ts';

const columns = {
  /** `2026-11`, in order */
  close_month: 'text',
  /** In the order of the pipeline, as the rows come. */
  stage: 'text',
  discount: 'number',
  deals: 'number',
} as const;

/** Pixels that a stage's bars and amounts need side by side. */
const COLUMN_ROOM = 130;
/** Height of a row of stages side by side, least and most, and of the picture that rows are made to fill. */
const ROW = { least: 32, most: 52, together: 208 } as const;
/** Pixels of a bar, of an amount behind it, and of a month's name. */
const BAR = 18;
const AMOUNT = 64;
const MONTH = 76;

type Ahead = RowOf<typeof columns>;

const unlike = (names: string[]) => [...new Set(names)];

/** Discount that open deals carry: a row a month of closing, a column a stage, so no colours to look up. */
function draw(table: Table, options: ChartOptions): Element {
  const rows = rowsOf(columns, table).filter(({ discount }) => discount !== null && discount > 0);
  const months = unlike(rows.map(({ close_month }) => close_month));
  const stages = unlike(rowsOf(columns, table).map(({ stage }) => stage)).filter((stage) =>
    rows.some((row) => row.stage === stage),
  );
  const highest = Math.max(1, ...rows.map(({ discount }) => discount!));
  const say = ({ discount }: Ahead) => moneyShort(discount, options.currency!);
  const title = (row: Ahead) =>
    `${monthLabel(row.close_month)}, ${row.stage}: ${say(row)} on ${count(row.deals, 'deal')}`;
  const bar = { x: 'discount', fill: ACCENT, title, ...tip(options) };
  const value = { x: 'discount', dx: 6, textAnchor: 'start', text: say, fill: INK } as const;
  return options.width / Math.max(1, stages.length) < COLUMN_ROOM
    ? byMonth({ rows, months, stages, highest, bar, value }, options)
    : byStage({ rows, months, stages, highest, bar, value }, options);
}

interface Parts {
  rows: Ahead[];
  months: string[];
  stages: string[];
  highest: number;
  bar: Plot.BarXOptions;
  value: Plot.TextOptions;
}

function byStage({ rows, months, stages, highest, bar, value }: Parts, options: ChartOptions): Element {
  const row = between(ROW.least, ROW.together / Math.max(1, months.length), ROW.most);
  const inset = (row - BAR) / 2;
  const room = ((options.width - MONTH) / Math.max(1, stages.length)) * 0.94;
  return plotOn(options, {
    height: 34 + months.length * row,
    margin: 0,
    marginTop: 34,
    marginLeft: MONTH,
    fx: { domain: stages, axis: null, padding: 0.06 },
    y: { domain: months, axis: null },
    x: { domain: [0, highest * Math.max(1.9, room / (room - AMOUNT))], axis: null },
    marks: [
      Plot.ruleX(stages, { fx: (stage: string) => stage, x: 0, stroke: RULE }),
      Plot.barX(rows, { ...bar, fx: 'stage', y: 'close_month', insetTop: inset, insetBottom: inset }),
      Plot.text(rows, { ...value, fx: 'stage', y: 'close_month' }),
      Plot.text(stages, {
        fx: (stage: string) => stage,
        frameAnchor: 'top-left',
        dy: -26,
        text: (stage: string) => stage,
        lineWidth: 10,
        textOverflow: 'ellipsis',
        fill: INK_2,
        fontWeight: 500,
      }),
      Plot.axisY({ anchor: 'left', label: null, tickSize: 0, tickFormat: monthLabel, fill: INK_2 }),
    ],
  });
}

/** Where the stages have no room side by side, as on a phone, they stand under their month. */
function byMonth({ rows, months, stages, highest, bar, value }: Parts, options: ChartOptions): Element {
  const lines = months.flatMap((month) => [
    { key: month, label: monthLabel(month), isMonth: true },
    ...rows
      .filter(({ close_month }) => close_month === month)
      .toSorted((a, b) => stages.indexOf(a.stage) - stages.indexOf(b.stage))
      .map(({ stage }) => ({ key: `${month} ${stage}`, label: stage, isMonth: false })),
  ]);
  const name = {
    y: 'key',
    frameAnchor: 'left',
    dx: -112,
    text: 'label',
    lineWidth: 8,
    textOverflow: 'ellipsis',
  } as const;
  const key = ({ close_month, stage }: Ahead) => `${close_month} ${stage}`;
  return plotOn(options, {
    height: Math.max(1, lines.length) * 26,
    margin: 0,
    marginLeft: 112,
    y: { domain: lines.map((line) => line.key), axis: null },
    x: { domain: [0, highest * 1.6], axis: null },
    marks: [
      Plot.barX(rows, { ...bar, y: key, insetTop: 7, insetBottom: 7 }),
      Plot.text(rows, { ...value, y: key }),
      Plot.text(
        lines.filter(({ isMonth }) => isMonth),
        { ...name, fill: INK, fontWeight: 600 },
      ),
      Plot.text(
        lines.filter(({ isMonth }) => !isMonth),
        { ...name, fill: INK_2 },
      ),
    ],
  });
}

export const ahead: Chart<typeof columns> = { columns, draw };
