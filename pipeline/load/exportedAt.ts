import { statSync } from 'node:fs';
import type { FoundFile } from './findFiles.ts';

export interface ExportedAt {
  /** ISO instant, UTC. */
  at: string;
  source: 'configuration' | 'file name' | 'command line' | 'modification time';
}

/** A date in a file's name: Opportunity_2026-11-16.csv, report20261116.csv. */
function dateInName(name: string): string | undefined {
  const match = /(?<!\d)(20\d{2})([-_.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)/.exec(name);
  return match ? `${match[1]}-${match[3]}-${match[4]}` : undefined;
}

const endOfDay = (date: string) => (date.length === 10 ? `${date}T23:59:59Z` : new Date(date).toISOString());

/**
 * When a file was exported: what the configuration says of it, else a date in its name, else what the
 * command line says, else when the file was last changed. A bare date means the end of that day.
 */
export function exportedAt(file: FoundFile, configured?: string, commandLine?: string): ExportedAt {
  if (configured) return { at: endOfDay(configured), source: 'configuration' };
  const named = dateInName(file.name);
  if (named) return { at: endOfDay(named), source: 'file name' };
  if (commandLine) return { at: endOfDay(commandLine), source: 'command line' };
  return {
    at: (file.part?.modified ?? statSync(file.path).mtime).toISOString(),
    source: 'modification time',
  };
}
