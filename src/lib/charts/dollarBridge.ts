import { moneyShort } from '../design/formats.ts';
import { bridge, bridgeColumns } from './bridge.ts';
import type { Chart } from './chart.ts';

/** What moved discount spend from one period to the other: volume, mix, rate, in money. */
export const dollarBridge: Chart<typeof bridgeColumns> = {
  columns: bridgeColumns,
  draw: (table, options) =>
    bridge(table, options, (amount, isTotal) => moneyShort(amount, options.currency!, { signed: !isTotal })),
};
