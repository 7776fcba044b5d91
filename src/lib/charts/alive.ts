import { tableFromIPC } from 'apache-arrow';
import type { ChartOptions } from './chart.ts';
import { charts } from './charts.ts';
import type { Drawing } from './Drawing.ts';

/** Draws into the browser's document, with values under the pointer. Brings Plot and Arrow: import it late. */
export function drawAlive({ of }: Drawing, options: ChartOptions): Element {
  return charts[of.chart].draw(tableFromIPC(of.ipc), { ...options, currency: of.currency, alive: true });
}
