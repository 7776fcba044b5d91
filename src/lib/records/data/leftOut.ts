import type { Answer } from '../../metrics/answer.ts';
import { mustSeeEverything, type Scope } from '../../access/scope.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import type { Sourced } from '../sourced.ts';
import { ROWS_A_PAGE } from './page.ts';

/** A row that does not count, with its place, the reason and its text as it stood in the file. */
export interface LeftOutRow extends Sourced {
  kind: 'rejected' | 'set aside';
  table_name: string | null;
  column_name: string | null;
  reason: string;
  text: string;
}

export interface Reason {
  kind: LeftOutRow['kind'];
  /** The column whose cell could not be read; null where it is the row. */
  column_name: string | null;
  reason: string;
  rows: number;
  files: number;
}

/** Which rows: of one kind, one file, one column, one reason as `reasons` writes it; null for any. */
export interface Which {
  kind: LeftOutRow['kind'] | null;
  file: string | null;
  column: string | null;
  reason: string | null;
}

const leftOut = `
  select 'rejected' as kind, source_file_id, table_name, source_line, column_name, reason, text
  from raw.rejected_row
  union all
  select 'set aside', source_file_id, table_name, source_line, null, reason, text
  from raw.set_aside_row`;

/** A repeat names the line it repeats; as a reason it is one. */
const alike = `regexp_replace(reason, '[0-9]+', '…', 'g')`;

const placed = `
  select kind, file.path as source_file, source_line, table_name, column_name, reason, text
  from (${leftOut}) row
  join raw.source_file file using (source_file_id)
  where ($kind::varchar is null or kind = $kind) and ($file::varchar is null or source_file_id = $file)
    and ($column::varchar is null or column_name = $column) and ($reason::varchar is null or ${alike} = $reason)`;

const inOrder = 'order by kind, source_file, source_line, table_name';

/** One page of the rows that don't count, rejected ones first, and how many there are. */
export async function leftOutRows(
  warehouse: Warehouse,
  which: Which,
  page: number,
  scope: Scope,
): Promise<{ rows: LeftOutRow[]; count: number; page: number; pages: number }> {
  mustSeeEverything(scope);
  const bound = { ...which };
  const [counted] = await warehouse.rows<{ count: number }>(
    `select count(*) as count from (${placed})`,
    bound,
  );
  const count = counted?.count ?? 0;
  const pages = Math.max(1, Math.ceil(count / ROWS_A_PAGE));
  const shown = Math.min(page, pages);
  const rows = await warehouse.rows<LeftOutRow>(
    `${placed} ${inOrder} limit ${ROWS_A_PAGE} offset $skipped::bigint`,
    { ...bound, skipped: (shown - 1) * ROWS_A_PAGE },
  );
  return { rows, count, page: shown, pages };
}

/** Why rows don't count, the most frequent reason first. */
export async function reasons(warehouse: Warehouse, scope: Scope): Promise<Reason[]> {
  mustSeeEverything(scope);
  return warehouse.rows<Reason>(
    `select kind, column_name, ${alike} as reason, count(*) as rows, count(distinct source_file_id) as files
     from (${leftOut}) group by kind, column_name, ${alike} order by kind, rows desc, reason limit 100`,
  );
}

const text = (id: string, label: string) => ({ id, label, kind: 'dimension', format: 'text' }) as const;

/** All of the rows as an answer, for a file. */
export async function leftOutAnswer(warehouse: Warehouse, which: Which, scope: Scope): Promise<Answer> {
  mustSeeEverything(scope);
  const rows = await warehouse.rows<LeftOutRow>(`${placed} ${inOrder}`, { ...which });
  return {
    columns: [
      text('kind', 'Kind'),
      text('source_file', 'File'),
      { id: 'source_line', label: 'Line', kind: 'dimension', format: 'number' },
      text('table_name', 'Table'),
      text('column_name', 'Column'),
      text('reason', 'Reason'),
      text('text', 'Text'),
    ],
    rows: rows as unknown as Answer['rows'],
    totals: {},
    build_id: warehouse.build.build_id,
    n: rows.length,
    coverage: null,
    period: null,
    compared_with: null,
  };
}
