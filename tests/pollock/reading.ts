import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { parse } from 'csv-parse/sync';
import { headerTexts, previewRows, readTable, UnreadableFile } from '../../pipeline/read/table.ts';
import { cellsOf, OWN_TABLE, pollutedRows, type Polluted } from './pollute.ts';
import { pollockScore } from './score.ts';

const FOLDER = '../shared/data/csv-torture/pollock';

/** Whether the benchmark's own files are there. */
export const hasPollock = existsSync(FOLDER);

/** What `holdfast read` prints of a file, row by row; null where it refuses it. */
async function rowsRead(
  connection: DuckDBConnection,
  path: string,
  scratch: string,
): Promise<string[][] | null> {
  try {
    const table = await readTable(connection, path, scratch);
    const rows = await previewRows(table, connection, table.rows);
    const texts = rows.map((row) => row.map((cell) => cell ?? ''));
    return table.header.length > 0 ? [headerTexts(table), ...texts] : texts;
  } catch (fault) {
    if (fault instanceof UnreadableFile) return null;
    throw fault;
  }
}

/** Scores of the benchmark's own files that are there, by name. */
export async function scoreFolder(
  connection: DuckDBConnection,
  scratch: string,
): Promise<Map<string, number>> {
  const scores = new Map<string, number>();
  for (const file of readdirSync(join(FOLDER, 'csv'))) {
    const clean = parse(readFileSync(join(FOLDER, 'clean', file)), {
      relax_column_count: true,
    }) as string[][];
    const loaded = await rowsRead(connection, join(FOLDER, 'csv', file), scratch);
    scores.set(file.replace(/\.csv$/, ''), pollockScore(clean, loaded));
  }
  return scores;
}

/** Scores of files with one spoiled row, made of the benchmark's table or of our own; every `step`th of them. */
export async function scoreMade(
  connection: DuckDBConnection,
  scratch: string,
  table: 'own' | 'benchmark',
  step = 1,
): Promise<Map<string, number>> {
  const rows = table === 'own' ? OWN_TABLE : cellsOf(readFileSync(join(FOLDER, 'csv', 'source.csv'), 'utf8'));
  const scores = new Map<string, number>();
  let index = 0;
  for (const polluted of pollutedRows(rows))
    if (index++ % step === 0) scores.set(polluted.name, await scoreOne(connection, scratch, polluted));
  return scores;
}

async function scoreOne(
  connection: DuckDBConnection,
  scratch: string,
  { content, clean }: Polluted,
): Promise<number> {
  const path = join(scratch, 'polluted.csv');
  writeFileSync(path, content);
  return pollockScore(clean, await rowsRead(connection, path, scratch));
}
