import { loadedTables } from '../../records/loaded.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';

/** Whether there are bills to set against what was sold. */
export async function isMatchLoaded(warehouse: Warehouse): Promise<boolean> {
  const tables = await loadedTables(warehouse);
  return (tables.get('invoice_line')?.rows ?? 0) > 0;
}

export interface Told {
  what: string;
  unlocks: string;
}

/** What each cause needs beyond bills and deals, where the build lacks it. */
export async function missingOfLeakage(warehouse: Warehouse): Promise<Record<string, Told | null>> {
  const tables = await loadedTables(warehouse);
  const known = (table: string, column?: string) => {
    const found = tables.get(table);
    return (column === undefined ? found?.rows : found?.known[column]) ?? 0;
  };
  const lacks = (is: boolean, what: string, unlocks: string) => (is ? null : { what, unlocks });
  const anyBill = known('invoice_line') > 0;
  return {
    bills: lacks(
      anyBill,
      'Bills are not loaded.',
      'Bills and their lines show what was sold and not billed, at another price, or from too late.',
    ),
    deals: lacks(
      known('deal') > 0,
      'Deals are not loaded.',
      'Deals with their lines are what bills are set against.',
    ),
    lines: lacks(
      known('deal_line') > 0,
      'Lines of deals are not loaded: each deal is matched as a whole.',
      'Lines with product, quantity and price tell a wrong price from a wrong quantity.',
    ),
    contracts: lacks(
      known('subscription') > 0 && known('subscription', 'deal_line_id') > 0,
      'No contract says which line of a deal sold it.',
      'Subscriptions with the id of the deal’s line match bills by id instead of by likeness.',
    ),
    discounts: lacks(
      known('invoice_line', 'discount_ends_on') > 0 || known('coupon_redemption') > 0,
      'No bill or coupon says when its discount should end.',
      'The end of each discount on the bill’s line, or coupons with their end, show what is still billed past it.',
    ),
    uplifts: lacks(
      known('deal_line_period') > 0,
      'No price agreed for later periods is loaded.',
      'Prices of a line by period, as in ramped deals, show rises that were due and not billed.',
    ),
    // Where no credit at all names anybody, it is the export that does not tell.
    credits: lacks(
      known('credit_note_line', 'approved_by') > 0,
      known('credit_note_line') > 0 ? 'No credit note says who allowed it.' : 'Credit notes are not loaded.',
      'Credit notes with who allowed them show credits for price that nobody approved.',
    ),
  };
}
