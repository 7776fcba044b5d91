import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection, type Json } from '@duckdb/node-api';
import { parseConfiguration } from '../configuration/readConfiguration.ts';
import { findFiles } from './findFiles.ts';
import { openParts } from './foundParts.ts';
import { loadFile, type FileOutcome } from './loadFile.ts';
import { Lookups } from './lookups.ts';
import { createRawTables } from './rawTables.ts';
import { prepareReading } from './reading.ts';

export interface RawOf {
  connection: DuckDBConnection;
  files: FileOutcome[];
  /** The outcome of the one file of that name. */
  file: (name: string) => FileOutcome;
  rows: (sql: string) => Promise<Record<string, Json>[]>;
}

/** Loads files given by name and content into the `raw` layer of a warehouse in memory. */
export async function rawOf(files: Record<string, string | Buffer>, settings = ''): Promise<RawOf> {
  const folder = mkdtempSync(join(tmpdir(), 'raw-of-'));
  const scratch = mkdtempSync(join(tmpdir(), 'raw-of-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  const configuration = parseConfiguration(settings, 'holdfast.yaml');
  // A few rows are quicker done by one thread than shared out.
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  try {
    await prepareReading(connection, configuration.timeZone);
    for (const schema of ['raw', 'staging', 'meta']) await connection.run(`create schema ${schema}`);
    await createRawTables(connection);
    const found = await openParts(findFiles([folder]), scratch);
    const lookups = new Lookups(connection, found, scratch);
    const loadedAt = '2026-11-21T00:00:00Z';
    const context = { connection, configuration, lookups, scratch, loadedAt, readsAsBefore: false };
    const outcomes: FileOutcome[] = [];
    for (const file of found) outcomes.push(await loadFile(context, file));
    return {
      connection,
      files: outcomes,
      file: (name) => outcomes.find((outcome) => outcome.path === name)!,
      rows: async (sql) =>
        (await connection.runAndReadAll(sql)).getRowObjectsJson() as Record<string, Json>[],
    };
  } finally {
    rmSync(folder, { recursive: true });
    rmSync(scratch, { recursive: true });
  }
}
