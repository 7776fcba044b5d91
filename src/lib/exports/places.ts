import { basename, dirname, join } from 'node:path';

/** Where exports given in the browser are kept: a folder beside the warehouse, of its own for each. */
export interface Places {
  folder: string;
  /** Files that are to be loaded next. */
  waiting: string;
  /** Files that are still arriving. */
  unfinished: string;
  /** What was decided about how files are read: a `holdfast.yaml` that every load of this folder follows. */
  settings: string;
  /** The warehouse that they are loaded into. */
  warehouse: string;
}

export function placesOf(warehouse: string): Places {
  const folder = join(dirname(warehouse), `${basename(warehouse, '.duckdb')}.exports`);
  return {
    folder,
    waiting: join(folder, 'next'),
    unfinished: join(folder, '.arriving'),
    settings: join(folder, 'holdfast.yaml'),
    warehouse,
  };
}
