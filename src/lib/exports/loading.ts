import { existsSync } from 'node:fs';
import { runCommand, type Running } from './command.ts';
import type { Places } from './places.ts';
import { keepLoaded, sweepArriving, waitingFiles } from './waiting.ts';

/** What `holdfast load --json` reports, as far as it is shown. */
interface Report {
  published: boolean;
  files: {
    path: string;
    recognised_as: string | null;
    rows_in: number;
    rows_loaded: number;
    rows_rejected: number;
    rows_set_aside: number;
    unread_reason: string | null;
    known?: boolean;
  }[];
  problems: string[];
  seconds: number;
}

export type Load = {
  /** Different for each load. */
  id: number;
  files: number;
  startedAt: number;
} & (
  | { state: 'running'; step: string; done: number; of: number }
  | { state: 'published'; report: Report }
  | { state: 'refused'; problems: string[]; report: Report | null }
  | { state: 'cancelled' }
);

/** Seconds after which a load is taken for stuck: six hours. */
const LONGEST = 6 * 3600;

const loads = new Map<string, Load>();
const running = new Map<string, Running>();
let number = 0;

/** The load under way or the last one since the server started; null where there was none. */
export const loadOf = (places: Places): Load | null => loads.get(places.folder) ?? null;

/** Forgets how the last load ended: something changed since. */
export function forgetLoad(places: Places): void {
  if (loads.get(places.folder)?.state !== 'running') loads.delete(places.folder);
}

function reportOf(stdout: string): Report | null {
  try {
    return JSON.parse(stdout) as Report;
  } catch {
    return null;
  }
}

const sentences = (stderr: string) =>
  stderr
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('{') && !line.startsWith('npm warn'));

/**
 * Loads the waiting files in a process of its own. Nothing is published until every check holds; `onPublished` is
 * called once the new warehouse is in place. Does nothing while a load is under way.
 */
export function startLoad(places: Places, onPublished: () => void): void {
  const names = waitingFiles(places).map(({ name }) => name);
  if (running.has(places.folder) || names.length === 0) return;
  sweepArriving(places);
  const begun = { id: ++number, files: names.length, startedAt: Date.now() };
  const say = (load: Load) => loads.set(places.folder, load);
  say({ ...begun, state: 'running', step: 'starting', done: 0, of: names.length + 6 });
  const config = existsSync(places.settings) ? ['--config', places.settings] : [];
  const child = runCommand({
    args: ['load', '--json', '--progress', '--out', places.warehouse, ...config, '--', ...names],
    folder: places.waiting,
    seconds: LONGEST,
    onNote: (line) => {
      if (!line.startsWith('{"step"')) return;
      const { step, done, of } = JSON.parse(line) as { step: string; done: number; of: number };
      say({ ...begun, state: 'running', step, done, of });
    },
  });
  running.set(places.folder, child);
  void child.ended.then(({ by, stdout, stderr }) => {
    running.delete(places.folder);
    const report = reportOf(stdout);
    if (report?.published) {
      keepLoaded(places, new Date());
      onPublished();
      return say({ ...begun, state: 'published', report });
    }
    if (by === 'stopped') return say({ ...begun, state: 'cancelled' });
    const why = {
      itself: sentences(stderr),
      stopped: [],
      time: ['The load took longer than six hours and was ended.'],
      memory: ['The load took more memory than it may. Load fewer files at once.'],
    }[by];
    const problems = report && report.problems.length > 0 ? report.problems : why;
    return say({
      ...begun,
      state: 'refused',
      problems: problems.length > 0 ? problems : ['The load ended without saying why.'],
      report,
    });
  });
}

/** Ends the load under way; what was published before stays. */
export function cancelLoad(places: Places): void {
  running.get(places.folder)?.stop();
}
