import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { configurationFor } from './build.ts';
import { findFiles } from './load/findFiles.ts';
import { openParts, WITHIN } from './load/foundParts.ts';
import { inspectFile, type Inspection } from './load/inspectFile.ts';
import { Lookups } from './load/lookups.ts';
import { prepareReading } from './load/reading.ts';

export interface InspectRequest {
  /** Rows to show of each file as they would be loaded. */
  preview?: number;
  /** Names of the files to inspect, with all that is in them; the others are only there to look things up in. */
  only?: string[];
  /** Called as each file is done. */
  onFile?: (inspection: Inspection) => void;
}

/** Says what files are and how they would be loaded. Works in memory and leaves nothing behind. */
export async function inspect(
  paths: string[],
  config?: string,
  { preview, only, onFile }: InspectRequest = {},
): Promise<Inspection[]> {
  const configuration = configurationFor(paths, config);
  const named = findFiles(paths);
  const scratch = mkdtempSync(join(tmpdir(), 'holdfast-inspect-'));
  const instance = await DuckDBInstance.create(':memory:', {
    temp_directory: join(scratch, 'spill'),
    memory_limit: '2GB',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  try {
    await prepareReading(connection, configuration.timeZone);
    await connection.run('create schema staging');
    const found = await openParts(named, scratch);
    const lookups = new Lookups(connection, found, scratch);
    const inspections: Inspection[] = [];
    for (const file of found) {
      const isAsked = (name: string) => file.name === name || file.name.startsWith(name + WITHIN);
      if (only && !only.some(isAsked)) continue;
      inspections.push(await inspectFile({ connection, configuration, lookups, scratch, preview }, file));
      onFile?.(inspections.at(-1)!);
    }
    return inspections;
  } finally {
    connection.closeSync();
    instance.closeSync();
    rmSync(scratch, { recursive: true, force: true });
  }
}
