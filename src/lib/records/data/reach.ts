import { mustSeeEverything, type Scope } from '../../access/scope.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { isOfEarlierVersion } from '../refusal.ts';

/** What was made of the rows that a day's files of one kind lack, held against the export before. */
export interface ExportReach {
  table_name: string;
  recognised_as: string;
  exported_on: string;
  compared_with: string;
  rows: number;
  known: number;
  absent: number;
  vanished: number;
  out_of_reach: number;
  out_of_reach_why: string | null;
  taken_as: 'whole' | 'part';
}

/** Exports that lack rows of the one before, the newest first, at most twenty. */
export async function exportReach(warehouse: Warehouse, scope: Scope): Promise<ExportReach[]> {
  mustSeeEverything(scope);
  try {
    return await warehouse.rows<ExportReach>(
      `select table_name, recognised_as, exported_on, compared_with, rows, known, absent, vanished, out_of_reach,
         out_of_reach_why, taken_as
       from core.export_day where absent > 0
       order by exported_on desc, table_name, recognised_as limit 20`,
    );
  } catch (error) {
    // A build of an earlier version doesn't tell.
    if (isOfEarlierVersion(error)) return [];
    throw error;
  }
}
