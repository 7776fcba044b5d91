import { readdirSync, readFileSync } from 'node:fs';
import type { DuckDBConnection } from '@duckdb/node-api';
import { insertRows } from '../insertRows.ts';
import { runInLanes, type Job } from '../lanes.ts';

export interface CheckResult {
  id: string;
  severity: 'block' | 'warn';
  passed: boolean;
  /** What holds when it passes, in words. */
  what: string;
  /** What was found. */
  detail: string;
  /** Up to 200 rows that break it. */
  rows: Record<string, unknown>[];
}

const folder = new URL('./', import.meta.url);

export interface Check {
  id: string;
  severity: CheckResult['severity'];
  what: string;
  sql: string;
}

function checksOf(severity: CheckResult['severity']): Check[] {
  return readdirSync(new URL(`${severity}/`, folder))
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => {
      const sql = readFileSync(new URL(`${severity}/${file}`, folder), 'utf8');
      const what = sql.split('\n')[0]!.replace(/^--\s*/, '');
      return { id: file.slice(0, -4), severity, what, sql };
    });
}

/** Every check, blocking ones first. A check is a query for the rows that break it. */
export const checks: readonly Check[] = [...checksOf('block'), ...checksOf('warn')];

async function runCheck(connection: DuckDBConnection, check: Check): Promise<CheckResult> {
  const reader = await connection.runAndReadAll(check.sql);
  const rows = reader.getRowObjectsJson() as Record<string, unknown>[];
  const more = rows.length >= 200 ? 'at least ' : '';
  const detail =
    rows.length === 0
      ? 'holds'
      : `${more}${rows.length} ${rows.length === 1 ? 'row breaks' : 'rows break'} it`;
  return {
    id: check.id,
    severity: check.severity,
    passed: rows.length === 0,
    what: check.what,
    detail,
    rows: rows.slice(0, 200),
  };
}

/**
 * Runs every check on the attached warehouse, on as many connections as there are. `known` gives the result of a check
 * of which all that it reads is as it was.
 */
export async function runChecks(
  connections: readonly DuckDBConnection[],
  known: (check: Check) => CheckResult | undefined = () => undefined,
): Promise<CheckResult[]> {
  const results = new Map<string, CheckResult>();
  const jobs = checks.map((check): Job => ({
    name: check.id,
    needs: [],
    run: async (connection) =>
      void results.set(check.id, known(check) ?? (await runCheck(connection, check))),
  }));
  await runInLanes(jobs, connections);
  return checks.map(({ id }) => results.get(id)!);
}

/** Keeps the results in the build, each with the rows behind it. */
export async function keepCheckResults(connection: DuckDBConnection, results: CheckResult[]): Promise<void> {
  const rows = results.map(({ id, severity, passed, what, detail, rows }) => [
    id,
    severity,
    passed,
    what,
    detail,
    JSON.stringify(rows),
  ]);
  await insertRows(connection, 'meta.check_result', rows);
}
