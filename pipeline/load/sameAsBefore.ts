import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Configuration } from '../configuration/configuration.ts';
import { exportedAt } from './exportedAt.ts';
import { countAgain, recordOf } from './fileRecord.ts';
import { matchesPattern, type FoundFile } from './findFiles.ts';
import type { FileOutcome } from './loadFile.ts';

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const block of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(block as Buffer);
  return hash.digest('hex');
}

interface Before {
  connection: DuckDBConnection;
  configuration: Configuration;
  exportedAt?: string;
  loadedAt: string;
}

/**
 * The outcome of a file that lies at its place as it lay there in the load before, told by its bytes alone. To be asked
 * only where files are read by the rules and settings of that load. Undefined for a file that is new or changed, that
 * now counts as exported at another time, or that is no file of its own or read through a mapping, which other files
 * may have a say in: such files are looked into.
 */
export async function sameAsBefore(before: Before, file: FoundFile): Promise<FileOutcome | undefined> {
  const { connection, configuration } = before;
  if (file.part || configuration.files.some((entry) => matchesPattern(entry.path, file))) return undefined;
  const said = configuration.fileSettings.filter((entry) => matchesPattern(entry.path, file)).at(-1);
  const exported = exportedAt(file, said?.exportedAt, before.exportedAt);
  const reader = await connection.runAndReadAll(
    `select content_hash from raw.source_file where path = $path and exported_at = $at::timestamp`,
    { path: file.name, at: exported.at },
  );
  const hashes = reader.getRows().map(([hash]) => String(hash));
  if (hashes.length === 0) return undefined;
  const hash = await hashOf(file.path);
  if (!hashes.includes(hash)) return undefined;
  const fileId = hash.slice(0, 16);
  await countAgain(connection, fileId, before.loadedAt);
  return (await recordOf(connection, fileId))?.outcome;
}
