import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Inspection } from './inspection.ts';
import { lookedAtWith } from './inspecting.ts';
import type { Places } from './places.ts';
import { readSettings, setEntries, settingsText, type Entry } from './settings.ts';

/** How a file would be read by these entries. Nothing is saved. */
export async function tryMapping(
  places: Places,
  name: string,
  entries: readonly Entry[],
): Promise<Inspection> {
  const settings = readSettings(places.settings);
  setEntries(settings, name, entries);
  mkdirSync(places.folder, { recursive: true });
  const aside = join(places.folder, `.trial-${randomUUID()}.yaml`);
  writeFileSync(aside, settingsText(settings));
  try {
    return await lookedAtWith(places, aside, name);
  } finally {
    rmSync(aside, { force: true });
  }
}
