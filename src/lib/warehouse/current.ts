import { fileStamp, NoWarehouse, openWarehouse, type Warehouse } from './warehouse.ts';

let open: Promise<Warehouse> | undefined;
let opened: Warehouse | undefined;
let lookedAt = 0;

/** How long a published file is taken as unchanged before it is looked at again, in milliseconds. */
const GLANCE = 1000;

const file = () => process.env.HOLDFAST_WAREHOUSE ?? 'data/warehouse/demo.duckdb';

/**
 * The warehouse that the server answers from: the file named by HOLDFAST_WAREHOUSE. When another build has
 * been swapped in, the next request reads that one; requests under way finish on theirs. Throws NoWarehouse
 * where nothing is published.
 */
export async function currentWarehouse(): Promise<Warehouse> {
  const now = Date.now();
  if (opened && now - lookedAt > GLANCE) {
    lookedAt = now;
    const stamp = fileStamp(opened.file);
    if (stamp !== null && stamp !== opened.stamp) {
      const old = opened;
      open = undefined;
      opened = undefined;
      setTimeout(() => old.close(), 60_000).unref();
    }
  }
  open ??= openWarehouse(file());
  try {
    opened = await open;
    return opened;
  } catch (error) {
    open = undefined;
    throw error instanceof NoWarehouse ? error : new NoWarehouse(file(), error);
  }
}
