import { mustSeeEverything, type Scope } from '../../access/scope.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { loadedTables } from '../loaded.ts';
import { feeds, type Feeds } from './feeds.ts';

export interface Fed extends Feeds {
  /** Share of its table's rows that say it, 0 to 1; of several fields the best known one's. */
  share: number;
  /** Rows of that field's table. */
  rows: number;
}

/** What the pages ask of the data and how much of it is known: first what is missing and worth most. */
export async function whatFeeds(warehouse: Warehouse, scope: Scope): Promise<Fed[]> {
  mustSeeEverything(scope);
  const tables = await loadedTables(warehouse);
  return feeds
    .map((feed): Fed => {
      const known = feed.fields.map((field) => {
        const [table, column] = field.split('.') as [string, string];
        const found = tables.get(table);
        const rows = found?.rows ?? 0;
        return { rows, share: rows === 0 ? 0 : (found!.known[column] ?? 0) / rows };
      });
      const best = known.reduce((a, b) => (b.share > a.share ? b : a));
      return { ...feed, ...best };
    })
    .sort((a, b) => b.worth * (1 - b.share) - a.worth * (1 - a.share) || b.worth - a.worth);
}
