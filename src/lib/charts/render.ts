import { tableFromIPC, tableToIPC } from 'apache-arrow';
import { parseHTML } from 'linkedom';
import { createHash } from 'node:crypto';
import { figureSizes } from '../design/figureSizes.ts';
import type { ChartName, ChartOptions, Drawing, RowOf } from './chart.ts';
import { charts } from './charts.ts';
import { ChartTable } from './ChartTable.ts';
import { tableOf } from './tableOf.ts';

const { document } = parseHTML('<!doctype html><html><body></body></html>');

/** What was drawn last, by what was asked: builds don't change, so the same bytes give the same picture. */
const drawn = new Map<string, string>();
const KEPT = 500;

type Rows<Name extends ChartName> = RowOf<(typeof charts)[Name]['columns']>[];

/** Rows for one of the charts, ready to go through `load` to a Figure. */
export function drawing<Name extends ChartName>(chart: Name, rows: Rows<Name>, currency?: string): Drawing {
  const table = tableOf<(typeof charts)[Name]['columns']>(charts[chart].columns, rows);
  return { chart, table: new ChartTable(tableToIPC(table, 'stream')), currency };
}

/**
 * The same drawing, drawn already at the widths that a Figure shows it at (`half` as its own): called as soon as its
 * answer is there, it is drawn while the database works on the others.
 */
export function drawnAhead(of: Drawing, half = false): Drawing {
  for (const { drawn: width } of half ? figureSizes.slice(0, -1) : figureSizes) pictureOf(of, width);
  return of;
}

/** The chart as SVG text for the page; labels stand in it as text, whatever they hold. */
export function drawToString(of: Drawing, { width, label }: Pick<ChartOptions, 'width' | 'label'>): string {
  const picture = pictureOf(of, width);
  if (label === undefined) return picture;
  const named = document.createElement('g');
  named.setAttribute('role', 'img');
  named.setAttribute('aria-label', label);
  const attributes = named.outerHTML.slice('<g '.length, -'></g>'.length);
  return picture.replace('role="img"', () => attributes);
}

/** The picture without what it is called, which the page knows last. */
function pictureOf({ chart, table, currency }: Drawing, width: number): string {
  const key = createHash('sha1')
    .update(JSON.stringify([chart, currency, width]))
    .update(table.ipc)
    .digest('base64');
  const known = drawn.get(key);
  if (known !== undefined) return known;
  const element = charts[chart].draw(tableFromIPC(table.ipc), {
    width,
    currency,
    document: document as Document,
  });
  const text = element.outerHTML;
  if (drawn.size >= KEPT) drawn.delete(drawn.keys().next().value!);
  drawn.set(key, text);
  return text;
}
