import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect } from 'vitest';
import type { BuildReport } from '../../../pipeline/build.ts';
import { root } from '../../../src/cli/prepare.js';
import type { Figures } from './reconcile.ts';

const shared = join(root, '..', 'shared', 'data');

/** One of the outside data sets, with what is known of it by other means. */
export interface OutsideData {
  folder: string;
  isThere: boolean;
  /** The block of expected rows of that name. Throws where there is none. */
  expected(block: string): Figures[];
  /** A file of the folder as its own CSV reader gives it. */
  csv(file: string): Record<string, string>[];
}

export const mapping = (name: string): string => join(root, 'tests', 'mappings', `${name}.yaml`);

export function outsideData(name: string): OutsideData {
  const folder = join(shared, name);
  const isThere = existsSync(join(folder, 'expected.json'));
  const { results } = isThere
    ? (JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as {
        results: Record<string, Figures[]>;
      })
    : { results: {} };
  return {
    folder,
    isThere,
    expected(block) {
      const rows = results[block];
      if (!rows) throw new Error(`${name} has no block ${block}`);
      return rows;
    },
    csv: (file) =>
      parse(readFileSync(join(folder, file)), {
        columns: true,
        bom: true,
        relax_quotes: true,
        relax_column_count: true,
      }),
  };
}

/** No row is lost: each file gives as many as its own reader counts, and each is accounted for. */
export function expectEveryRow(report: BuildReport, { csv }: OutsideData, files: string[]): void {
  const read = new Map(report.files.map((file) => [file.path, file]));
  for (const path of files) {
    const file = read.get(path)!;
    expect(file, path).toMatchObject({ unread_reason: null, rows_in: csv(path).length });
  }
  for (const { path, rows_in, rows_loaded, rows_rejected, rows_set_aside } of report.files)
    expect(rows_loaded + rows_rejected + rows_set_aside, path).toBe(rows_in);
  expect(report.checks.filter(({ severity, passed }) => severity === 'block' && !passed)).toEqual([]);
}
