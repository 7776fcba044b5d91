import { tableFromIPC } from 'apache-arrow';
import { expect, it } from 'vitest';
import { transport } from '../../hooks.ts';
import { figureSizes, SPARK } from '../design/figureSizes.ts';
import { charts } from './charts.ts';
import type { Drawing } from './Drawing.ts';
import { drawing, halfWide } from './render.ts';
import { rowsOf } from './rows.ts';
import { answering } from './sentAsData.ts';
import { tableOf } from './tableOf.ts';

const rows = [
  { period: 'Łódź <b>', value: 1.25 },
  { period: '2026-Q2', value: null },
];
const label = 'up & "away" <b>';

/** The drawing as the browser has it, sent with a page or as its data; what is sent is text. */
function received(of: Drawing, asData: boolean): Drawing {
  const sent = answering(asData, () => JSON.stringify(transport.Drawing!.encode(of)));
  return transport.Drawing!.decode(JSON.parse(sent)) as Drawing;
}

const widths = (of: Drawing) =>
  [...figureSizes.map(({ drawn }) => drawn), SPARK].filter((width) => of.picture(width) !== undefined);

it('carries rows through load unchanged', () => {
  const { of } = received(drawing('sparkline', rows, 'EUR'), false);
  expect([of.chart, of.currency]).toEqual(['sparkline', 'EUR']);
  expect(rowsOf(charts.sparkline.columns, tableFromIPC(of.ipc))).toEqual(rows);
});

it('brings its pictures, at the widths they are shown at, with data alone', () => {
  const chart = drawing('courses', []);
  expect(widths(received(chart, false))).toEqual([]);
  expect(widths(received(chart, true))).toEqual([328, 560, 800, 1120]);
  expect(widths(received(halfWide(chart), true))).toEqual([328, 560, 800]);
  expect(widths(received(drawing('sparkline', rows), true))).toEqual([SPARK]);
});

it('is the same picture in the browser as on the server, with its label as text', () => {
  const spark = drawing('sparkline', rows);
  const picture = received(spark, true).picture(SPARK, label);
  expect(picture).toBe(spark.picture(SPARK, label));
  expect(picture).toContain('role="img" aria-label="up &amp; &quot;away&quot; &lt;b&gt;"');
});

it('keeps the columns of a table without rows', () => {
  const table = tableOf(charts.sparkline.columns, []);
  expect(table.schema.fields.map(({ name }) => name)).toEqual(['period', 'value']);
  expect(rowsOf(charts.sparkline.columns, table)).toEqual([]);
});

it('leaves everything else to others', () => {
  for (const value of [null, 'text', new Uint8Array(3), {}])
    expect(transport.Drawing!.encode(value)).toBe(false);
});
