import { resolve } from 'node:path';
import { fileStamp, NoWarehouse, openWarehouse, type Warehouse } from './warehouse.ts';

let open: Promise<Warehouse> | undefined;
let opened: Warehouse | undefined;
let lookedAt = 0;

/** How long a published file is taken as unchanged before it is looked at again, in milliseconds. */
const GLANCE = 1000;

const file = () => process.env.HOLDFAST_WAREHOUSE ?? 'data/warehouse/demo.duckdb';

/** The published file that the server answers from, whether it is there or not. */
export const warehouseFile = (): string => resolve(file());

/** Where what is loaded in the browser goes: not into the demo company, where that is what is shown. */
export const loadTarget = (): string => resolve(process.env.HOLDFAST_LOAD_INTO ?? file());

/** Answers from this published file from now on. */
export function answerFrom(path: string): void {
  process.env.HOLDFAST_WAREHOUSE = path;
  lookedAt = 0;
}

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
    if (opened.file !== warehouseFile() || (stamp !== null && stamp !== opened.stamp)) {
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

/** Has the next request look whether another build has been swapped in, however recently one has looked. */
export function lookAgain(): void {
  lookedAt = 0;
}
