import { answer } from '../metrics/answer.ts';
import { everything, parseRequest } from '../metrics/request.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

/**
 * The fiscal quarter that a page shows when none is asked for: the last one that was over when the exports
 * were made and has won deals, else the last that has any. Null where nothing is won.
 */
export async function standardPeriod(warehouse: Warehouse): Promise<string | null> {
  const won = await answer(
    warehouse,
    parseRequest(new URLSearchParams('measures=won_deals&by=fiscal_quarter')),
    // The same period for all who look, so that a link says the same to each.
    everything,
  );
  const sold = new Set(won.rows.map((row) => row.fiscal_quarter));
  const quarters = warehouse.periods.filter(({ kind, period }) => kind === 'quarter' && sold.has(period));
  const over = quarters.filter(({ ends_on }) => ends_on <= warehouse.build.data_on);
  return over.at(-1)?.period ?? quarters.at(-1)?.period ?? null;
}
