import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { parse } from 'csv-parse/sync';
import { afterAll, describe, expect, it } from 'vitest';
import { headerTexts, previewRows, readTable, UnreadableFile } from './table.ts';

const FOLDER = '../shared/data/csv-torture/pollock';

interface Reading {
  header: string[];
  rows: string[][];
}

/** Precision, recall and F1 of two bags of texts. The published measure divides by the source for precision. */
function agreement(source: string[], loaded: string[]): number[] {
  if (source.length === 0) return [1, 1, 1];
  const left = new Map<string, number>();
  for (const text of source) left.set(text, (left.get(text) ?? 0) + 1);
  let common = 0;
  for (const text of loaded) {
    const remaining = left.get(text) ?? 0;
    if (remaining > 0) {
      common++;
      left.set(text, remaining - 1);
    }
  }
  if (common === 0) return [0, 0, 0];
  const precision = common / source.length;
  const recall = common / loaded.length;
  return [precision, recall, (2 * precision * recall) / (precision + recall)];
}

/** The ten measures of Vitagliano et al., "Pollock: A Data Loading Benchmark" (VLDB 2023); 10 is the best. */
function pollockScore(clean: Reading, loaded: Reading): number {
  const record = (row: string[]) => row.join('\u0000');
  const parts = [
    agreement(clean.header, loaded.header),
    agreement(clean.rows.map(record), loaded.rows.map(record)),
    agreement(clean.rows.flat(), loaded.rows.flat()),
  ];
  return 1 + parts.flat().reduce((sum, part) => sum + part, 0);
}

describe.skipIf(!existsSync(FOLDER))('the Pollock files', async () => {
  const scratch = mkdtempSync(join(tmpdir(), 'read-'));
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  afterAll(() => {
    connection.closeSync();
    rmSync(scratch, { recursive: true });
  });

  async function load(name: string): Promise<Reading | null> {
    try {
      const table = await readTable(connection, join(FOLDER, 'csv', name), scratch);
      const rows = await previewRows(table, connection, table.rows);
      return { header: headerTexts(table), rows: rows.map((row) => row.map((cell) => cell ?? '')) };
    } catch (fault) {
      if (fault instanceof UnreadableFile) return null;
      throw fault;
    }
  }

  it('come out as their clean readings', async () => {
    const scores: Record<string, number> = {};
    for (const name of readdirSync(join(FOLDER, 'csv'))) {
      const parameters = JSON.parse(
        readFileSync(join(FOLDER, 'parameters', `${name}_parameters.json`), 'utf8'),
      );
      const all = parse(readFileSync(join(FOLDER, 'clean', name)), { relax_column_count: true });
      const [header = [], ...below] = all;
      const clean = parameters.header_lines > 0 ? { header, rows: below } : { header: [], rows: all };
      const loaded = await load(name);
      scores[name] = loaded ? pollockScore(clean, loaded) : 0;
    }
    const values = Object.values(scores);
    const mean = values.reduce((sum, score) => sum + score, 0) / values.length;
    if (process.env.POLLOCK)
      console.log(
        Object.entries(scores).filter(([, score]) => score < 9.9999),
        mean,
      );
    expect(values.length).toBe(46);
    expect(mean).toBeGreaterThan(9.96);
  });
});
