import { tableFromIPC, tableToIPC, type Table } from 'apache-arrow';
import { parseHTML } from 'linkedom';
import { createHash } from 'node:crypto';
import { sizesOf, SPARK } from '../design/figureSizes.ts';
import type { ChartName, RowOf } from './chart.ts';
import { charts } from './charts.ts';
import { Drawing, type Drawn, type PictureSource } from './Drawing.ts';
import { isSentAsData } from './sentAsData.ts';
import { tableOf } from './tableOf.ts';

const { document } = parseHTML('<!doctype html><html><body></body></html>');

/** What was drawn last, by what was asked: builds don't change, so the same bytes give the same picture. */
const drawn = new Map<string, string>();
const KEPT = 500;

type Rows<Name extends ChartName> = RowOf<(typeof charts)[Name]['columns']>[];

/** Rows for one of the charts, ready to go through `load` to a Figure. */
export function drawing<Name extends ChartName>(chart: Name, rows: Rows<Name>, currency?: string): Drawing {
  const table = tableOf<(typeof charts)[Name]['columns']>(charts[chart].columns, rows);
  return drawnHere({ chart, ipc: tableToIPC(table, 'stream'), currency });
}

/** The same drawing for a figure that never gets the whole width of a page. */
export const halfWide = ({ of }: Drawing): Drawing => drawnHere({ ...of, half: true });

/**
 * The same drawing, drawn already at the widths that it is shown at: called as soon as its answer is there, it is
 * drawn while the database works on the others.
 */
export function drawnAhead(of: Drawing): Drawing {
  for (const width of widthsOf(of.of)) of.picture(width);
  return of;
}

function drawnHere(of: Drawn): Drawing {
  const source: PictureSource = {
    at: (width) => pictureOf(of, width),
    sent: () =>
      isSentAsData()
        ? Object.fromEntries(widthsOf(of).map((width) => [width, pictureOf(of, width)]))
        : undefined,
  };
  return new Drawing(of, source);
}

const widthsOf = ({ chart, half }: Drawn): number[] =>
  chart === 'sparkline' ? [SPARK] : sizesOf(half).map(({ drawn: width }) => width);

/** Tables that were read, by their bytes: a picture is drawn at several widths, and reading takes as long as a small one. */
const read = new WeakMap<Uint8Array, Table>();

function readFrom(ipc: Uint8Array): Table {
  const table = read.get(ipc) ?? tableFromIPC(ipc);
  read.set(ipc, table);
  return table;
}

/** The picture without what it is called, which the page knows last. */
function pictureOf({ chart, ipc, currency }: Drawn, width: number): string {
  const key = createHash('sha1')
    .update(JSON.stringify([chart, currency, width]))
    .update(ipc)
    .digest('base64');
  const known = drawn.get(key);
  if (known !== undefined) return known;
  const element = charts[chart].draw(readFrom(ipc), {
    width,
    currency,
    document: document as Document,
  });
  const text = element.outerHTML;
  if (drawn.size >= KEPT) drawn.delete(drawn.keys().next().value!);
  drawn.set(key, text);
  return text;
}
