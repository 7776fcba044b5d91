import { points, rate } from '../design/formats.ts';
import { bridge, bridgeColumns } from './bridge.ts';
import type { Chart } from './chart.ts';

/** What moved the discount rate: mix, rate, groups new and gone; amounts are fractions. */
export const rateBridge: Chart<typeof bridgeColumns> = {
  columns: bridgeColumns,
  draw: (table, options) =>
    bridge(table, options, (amount, isTotal) => (isTotal ? rate(amount) : points(amount, { digits: 2 }))),
};
