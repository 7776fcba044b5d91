import { tableFromIPC } from 'apache-arrow';
import type { ChartOptions, Drawing } from './chart.ts';
import { charts } from './charts.ts';

/** Draws into the browser's document, with values under the pointer. Brings Plot and Arrow: import it late. */
export function drawAlive({ chart, table, currency }: Drawing, options: ChartOptions): Element {
  return charts[chart].draw(tableFromIPC(table.ipc), { ...options, currency, alive: true });
}
