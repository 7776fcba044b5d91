import type { Transport } from '@sveltejs/kit';
import { ChartTable } from './lib/charts/ChartTable.ts';

/** Arrow tables go from server to browser as they are. */
export const transport: Transport = {
  ChartTable: {
    encode: (value) => value instanceof ChartTable && value.toBase64(),
    decode: (text: string) => ChartTable.fromBase64(text),
  },
};
