import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { bytes } from './bytes.ts';
import { runCommand, type Ended } from './command.ts';
import { readInspection, unreadable, type Inspection } from './inspection.ts';
import type { Places } from './places.ts';
import { decidesReading, readSettings, settingsText } from './settings.ts';
import { waitingFiles, type WaitingFile } from './waiting.ts';

/** Rows shown of each file as they would be loaded. */
export const SHOWN_ROWS = 10;

/** What is known of one waiting file. */
export interface Looked {
  file: WaitingFile;
  /** One a table in the file: an archive or a workbook may hold several. Null while it is being looked at. */
  found: Inspection[] | null;
}

type Marked = WaitingFile & { mark: string };

/** What each file was found to be, by a mark of all that decides it. */
const known = new Map<string, Inspection[]>();
let looking: Promise<void> | null = null;
/** What is wrong with the settings, and which settings those were. */
let fault: { said: string; settings: string } | null = null;

/** Seconds that looking at a file may take: all of it is read, and an archive unpacked. */
const secondsFor = (size: number) => 90 + size / 4_000_000;

/** What decides how a file is read, besides the code: its content, and what the settings say of it. */
function markOf(places: Places, settings: ReturnType<typeof readSettings>, file: WaitingFile): string {
  const said = decidesReading(settings, file.name);
  return createHash('sha256')
    .update(JSON.stringify([places.waiting, file.name, file.stamp, said]))
    .digest('hex');
}

/** Whether a path is that of a file, or of a table within it: `book.xlsx › Sheet1`. */
const isWithin = (path: string, name: string) => path === name || path.startsWith(`${name} › `);

/** Why a file ended the process that looked at it, in words. */
function endedWords({ by, code, stderr }: Ended, size: number): string {
  if (by === 'time')
    return `It took too long to read (${Math.round(secondsFor(size))} seconds for ${bytes(size)}). Is it the export it should be?`;
  if (by === 'memory')
    return 'Reading it took too much memory. Is it the export it should be? Export it in parts.';
  if (code === 0) return 'There is no export in it.';
  const [first = ''] = stderr.trim().split('\n').slice(-2);
  return `It can’t be read: ${first.replace(/^Holdfast failed: /, '') || 'reading it ended without a word.'}`;
}

/** Looks at files together, and tells of each as it is done. `beside` are all files that things may be looked up in. */
async function lookTogether(
  places: Places,
  files: readonly Marked[],
  beside: readonly string[],
): Promise<{ answered: Set<string>; ended: Ended }> {
  const answered = new Map<string, Inspection[]>();
  const config = existsSync(places.settings) ? ['--config', places.settings] : [];
  const names = files.map(({ name }) => name);
  const running = runCommand({
    args: [
      ...['inspect', '--json', '--each', '--preview', String(SHOWN_ROWS), ...config, '--only', ...names],
      ...['--', ...beside],
    ],
    folder: places.waiting,
    seconds: Math.max(...files.map(({ size }) => secondsFor(size))),
    onLine: (line) => {
      const found = readInspection(line);
      const file = files.find(({ name }) => isWithin(found.path, name));
      if (!file) return;
      answered.set(file.name, [...(answered.get(file.name) ?? []), found]);
      known.set(file.mark, answered.get(file.name)!);
      const next = files.find(({ name }) => !answered.has(name));
      running.goOn(secondsFor(Math.max(file.size, next?.size ?? 0)));
    },
  });
  return { ended: await running.ended, answered: new Set(answered.keys()) };
}

/** Looks at files one after the other; the one that ends the process is named, and the rest goes on. */
async function look(places: Places, files: readonly Marked[], settings: string): Promise<void> {
  let rest = files;
  let beside = waitingFiles(places).map(({ name }) => name);
  while (rest.length > 0) {
    const { answered, ended } = await lookTogether(places, rest, beside);
    rest = rest.filter(({ name }) => !answered.has(name));
    const [culprit] = rest;
    if (!culprit) return;
    // Nothing answered and a plain complaint: the settings are at fault, not a file.
    if (
      answered.size === 0 &&
      (ended.code === 1 || ended.code === 2) &&
      /holdfast\.yaml/.test(ended.stderr)
    ) {
      fault = { said: ended.stderr.trim().replaceAll(places.settings, 'holdfast.yaml'), settings };
      return;
    }
    if (answered.size === 0 && rest.length > 1) {
      // They are opened before any is told of, so which one it was shows when each is alone.
      for (const file of rest) {
        const alone = await lookTogether(places, [file], [file.name]);
        if (alone.answered.size === 0)
          known.set(file.mark, [unreadable(file.name, endedWords(alone.ended, file.size))]);
      }
      return;
    }
    known.set(culprit.mark, [unreadable(culprit.name, endedWords(ended, culprit.size))]);
    rest = rest.slice(1);
    beside = beside.filter((name) => name !== culprit.name);
  }
}

export interface LookedAll {
  files: Looked[];
  /** Whether some are still being looked at. */
  isLooking: boolean;
  /** What is wrong with the settings, so that no file can be looked at. */
  fault: string | null;
}

/** What the waiting files are. Those not looked at yet, or read otherwise since, are looked at in the background. */
export function lookedAt(places: Places): LookedAll {
  const settings = readSettings(places.settings);
  const files = waitingFiles(places).map((file) => ({ ...file, mark: markOf(places, settings, file) }));
  const open = files.filter(({ mark }) => !known.has(mark));
  const text = settingsText(settings);
  if (fault?.settings !== text) fault = null;
  if (open.length > 0 && !looking && !fault) {
    looking = look(places, open, text)
      .catch((error: unknown) => {
        fault = { said: `The files could not be looked at: ${(error as Error).message}`, settings: text };
      })
      .finally(() => {
        looking = null;
      });
  }
  return {
    files: files.map(({ mark, ...file }) => ({ file, found: known.get(mark) ?? null })),
    isLooking: open.length > 0 && fault === null,
    fault: open.length > 0 ? (fault?.said ?? null) : null,
  };
}

/** What was found at a path: a file that waits, or a table within it; null where none is, or not yet. */
export function foundAt(places: Places, path: string): Inspection | null {
  const found = lookedAt(places).files.flatMap((one) => one.found ?? []);
  return found.find((one) => one.path === path) ?? null;
}

/** The waiting file that holds what is at a path; undefined where none does. */
export const fileOf = (places: Places, path: string): WaitingFile | undefined =>
  waitingFiles(places).find(({ name }) => isWithin(path, name));

/** How what is at a path would be read by other settings than those that hold. */
export async function lookedAtWith(places: Places, settings: string, path: string): Promise<Inspection> {
  const file = fileOf(places, path);
  const name = file?.name ?? path;
  const lines: string[] = [];
  const { ended } = runCommand({
    args: [
      ...[
        'inspect',
        '--json',
        '--each',
        '--preview',
        String(SHOWN_ROWS),
        '--config',
        settings,
        '--only',
        name,
      ],
      ...['--', ...waitingFiles(places).map((one) => one.name)],
    ],
    folder: places.waiting,
    seconds: secondsFor(file?.size ?? 0),
    onLine: (line) => lines.push(line),
  });
  const end = await ended;
  const all = lines.map(readInspection);
  const found = all.find((one) => one.path === path) ?? all.find((one) => isWithin(one.path, name));
  if (found) return found;
  const said = end.stderr.trim().replaceAll(settings, 'holdfast.yaml');
  return unreadable(path, end.by === 'itself' && said ? said : endedWords(end, file?.size ?? 0));
}
