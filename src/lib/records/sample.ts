import type { Warehouse } from '../warehouse/warehouse.ts';

/** Reads from the facts, from the file and not from memory; throws where that can't be done. */
export async function answerSample(warehouse: Warehouse): Promise<void> {
  await warehouse.rows('select count(net_amount_base) from marts.fact_deal');
}
