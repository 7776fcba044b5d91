import type { DuckDBConnection } from '@duckdb/node-api';
import { partsOf, readFilePart, readTable, type SourceTable } from '../read/table.ts';
import { isExport, type FoundFile } from './findFiles.ts';

/** Stands between a file and what is in it: `exports.zip › book.xlsx › Deals`. */
export const WITHIN = ' › ';

/**
 * The files found with archives and workbooks opened: each member and each sheet that holds a table is a file of its
 * own, named after what it is in. What is unpacked lies in `scratchFolder`.
 */
export async function openParts(found: readonly FoundFile[], scratchFolder: string): Promise<FoundFile[]> {
  const opened: FoundFile[] = [];
  for (const file of found) {
    const parts = await partsOf(file.path, scratchFolder);
    const [only] = parts;
    if (parts.length === 1 && only?.within.length === 0) {
      opened.push(file);
      continue;
    }
    for (const part of parts) {
      const isNote =
        part.sheet === null && part.refusal === null && !isExport(part.within.at(-1) ?? '', part.path);
      if (!isNote) opened.push({ name: [file.name, ...part.within].join(WITHIN), path: part.path, part });
    }
  }
  return opened;
}

/** Reads a file, or the part of one, that was found. */
export function readFound(
  connection: DuckDBConnection,
  { path, part }: FoundFile,
  scratchFolder: string,
): Promise<SourceTable> {
  return part ? readFilePart(connection, part, scratchFolder) : readTable(connection, path, scratchFolder);
}
