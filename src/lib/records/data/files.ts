import { mustSeeEverything, type Scope } from '../../access/scope.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';

export interface SourceFile {
  source_file_id: string;
  path: string;
  recognised_as: string;
  /** 0 to 1 */
  confidence: number;
  /** ISO instant, UTC. */
  exported_at: string;
  /** Where that comes from: "file name", "modification time", … */
  exported_at_source: string;
  loaded_at: string;
  bytes: number;
  rows_in: number;
  rows_loaded: number;
  rows_rejected: number;
  rows_set_aside: number;
  /** Sums as written in the file, of whatever amounts it has; null where it has none. */
  money_in: number | null;
  money_loaded: number | null;
  /** As the reader found it, e.g. `{"format":"csv","encoding":"utf-8","delimiter":","}`. */
  dialect: string;
}

const sums = `sum(rows_in) as rows_in, sum(rows_loaded) as rows_loaded, sum(rows_rejected) as rows_rejected,
  sum(rows_set_aside) as rows_set_aside`;

export type RowCounts = Pick<SourceFile, 'rows_in' | 'rows_loaded' | 'rows_rejected' | 'rows_set_aside'>;

/** The files of the build in the order of their names, and what they came to. */
export async function sourceFiles(
  warehouse: Warehouse,
  scope: Scope,
): Promise<{ files: SourceFile[]; totals: RowCounts }> {
  mustSeeEverything(scope);
  const [files, [totals]] = await Promise.all([
    warehouse.rows<SourceFile>(
      `select source_file_id, path, recognised_as, confidence, exported_at_source, bytes, rows_in, rows_loaded,
         rows_rejected, rows_set_aside, dialect, strftime(exported_at, '%Y-%m-%dT%H:%M:%SZ') as exported_at,
         strftime(loaded_at, '%Y-%m-%dT%H:%M:%SZ') as loaded_at, money_in, money_loaded
       from raw.source_file
       left join (select source_file_id, sum(money_in) as money_in, sum(money_loaded) as money_loaded
         from raw.source_file_table group by source_file_id) using (source_file_id)
       order by path, exported_at`,
    ),
    warehouse.rows<RowCounts>(`select ${sums} from raw.source_file`),
  ]);
  return { files, totals: totals! };
}

export interface UnreadFile {
  path: string;
  reason: string;
}

/** The files of the load that could not be read, each with why. */
export async function unreadFiles(warehouse: Warehouse, scope: Scope): Promise<UnreadFile[]> {
  mustSeeEverything(scope);
  return warehouse.rows<UnreadFile>('select path, reason from meta.unread_file order by path');
}

/** What one file gave to one table, with its money before and after, as written in the file. */
export interface Feed extends RowCounts {
  table_name: string;
  money_column: string | null;
  money_in: number | null;
  money_loaded: number | null;
  money_rejected: number | null;
  money_set_aside: number | null;
}

/** How one column of a table was filled from the file. */
export interface Mapped {
  table_name: string;
  column_name: string;
  source: string;
  how: string;
  style: string;
  means: string | null;
}

export interface FileDetail {
  file: SourceFile;
  feeds: Feed[];
  columns: Mapped[];
}

/** Everything about one file; null where none of that id is loaded. */
export async function fileDetail(warehouse: Warehouse, id: string, scope: Scope): Promise<FileDetail | null> {
  mustSeeEverything(scope);
  const file = (await sourceFiles(warehouse, scope)).files.find(
    ({ source_file_id }) => source_file_id === id,
  );
  if (!file) return null;
  const [feeds, columns] = await Promise.all([
    warehouse.rows<Feed>(
      `select table_name, rows_in, rows_loaded, rows_rejected, rows_set_aside, money_column, money_in,
         money_loaded, money_rejected, money_set_aside
       from raw.source_file_table where source_file_id = $id order by feed`,
      { id },
    ),
    warehouse.rows<Mapped>(
      `select mapped.table_name, mapped.column_name, source, how, style, described.means
       from raw.source_column mapped
       left join meta.table_column described
         on described.schema_name = 'core' and described.table_name = mapped.table_name
         and described.column_name = mapped.column_name
       where source_file_id = $id order by mapped.table_name, mapped.rowid`,
      { id },
    ),
  ]);
  return { file, feeds, columns };
}
