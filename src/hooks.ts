import type { Transport } from '@sveltejs/kit';
import { Drawing } from './lib/charts/Drawing.ts';

/** Charts go from server to browser with their tables, and with their pictures where no page holds them. */
export const transport: Transport = {
  Drawing: {
    encode: (value) => value instanceof Drawing && value.toData(),
    decode: Drawing.fromData,
  },
};
