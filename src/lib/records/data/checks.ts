import { mustSeeEverything, type Scope } from '../../access/scope.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';

export interface CheckResult {
  id: string;
  severity: 'block' | 'warn';
  passed: boolean;
  /** What holds when it passes. */
  what: string;
  detail: string;
  /** The rows that break it, up to 200. */
  rows: Record<string, string | number | boolean | null>[];
}

interface Row extends Omit<CheckResult, 'rows'> {
  rows: string;
}

/** Every check of the build, those that fail first. */
export async function checkResults(warehouse: Warehouse, scope: Scope): Promise<CheckResult[]> {
  mustSeeEverything(scope);
  const found = await warehouse.rows<Row>(
    `select id, severity, passed, what, detail, rows::varchar as rows from meta.check_result
     order by passed, severity, id`,
  );
  return found.map((check) => ({ ...check, rows: rowsOf(check.rows) }));
}

/** Rows as they stand in the build; what is neither text, number nor yes or no is written out as JSON. */
function rowsOf(json: string): CheckResult['rows'] {
  const rows = JSON.parse(json) as Record<string, unknown>[];
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        typeof value === 'object' && value !== null ? JSON.stringify(value) : (value as string | null),
      ]),
    ),
  );
}
