import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { promisify } from 'node:util';

/** What ended a command: itself, or one of the limits it was given, or a person. */
export type Ending = 'itself' | 'time' | 'memory' | 'stopped';

export interface Ended {
  code: number | null;
  by: Ending;
  stdout: string;
  /** The last that it complained of. */
  stderr: string;
}

export interface Running {
  ended: Promise<Ended>;
  stop: () => void;
  /** Begins the time it may take anew. */
  goOn: (seconds: number) => void;
}

export interface Asked {
  args: string[];
  /** The folder that it runs in. */
  folder?: string;
  seconds: number;
  /** Each line of stdout; without it they are gathered. */
  onLine?: (line: string) => void;
  /** Each line of stderr. */
  onNote?: (line: string) => void;
}

/** Megabytes of memory that one command may take. */
const MEGABYTES = 5_000;
/** How often its memory is looked at, in milliseconds. */
const LOOK = 1_000;
/** Characters kept of what a command says. */
const MOST_SAID = 64 * 1024 * 1024;

const children = new Set<ChildProcess>();
process.once('exit', () => children.forEach((child) => child.kill('SIGKILL')));

/** Whether files can be read at all: the server was started by `holdfast`. */
export const canRun = (): boolean => process.env.HOLDFAST_COMMAND !== undefined;

/** Megabytes in use; null where the system does not say. */
async function memoryOf(pid: number): Promise<number | null> {
  try {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
    return Number(stdout) / 1024 || null;
  } catch {
    return null;
  }
}

function linesOf(onLine: (line: string) => void): (chunk: string) => void {
  let rest = '';
  return (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    lines.filter((line) => line !== '').forEach(onLine);
  };
}

/**
 * Runs a `holdfast` command in a process of its own, so that no file can harm the server, however it is made: it ends
 * when it takes too long or too much memory.
 */
export function runCommand({ args, folder, seconds, onLine, onNote }: Asked): Running {
  const command = process.env.HOLDFAST_COMMAND;
  if (command === undefined) throw new Error('the server was not started by holdfast serve');
  const child = spawn(process.execPath, ['--max-old-space-size=2048', command, ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  let by: Ending = 'itself';
  const said = { stdout: '', stderr: '' };
  const end = (reason: Ending) => {
    if (by === 'itself') by = reason;
    child.kill('SIGKILL');
  };
  let late = setTimeout(() => end('time'), seconds * 1000);
  const watch = setInterval(() => {
    void memoryOf(child.pid!).then((used) => used !== null && used > MEGABYTES && end('memory'));
  }, LOOK);
  child.stdout.setEncoding('utf8').on(
    'data',
    onLine
      ? linesOf(onLine)
      : (chunk: string) => {
          said.stdout += chunk;
          if (said.stdout.length > MOST_SAID) end('memory');
        },
  );
  const note = onNote ? linesOf(onNote) : undefined;
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    said.stderr = (said.stderr + chunk).slice(-20_000);
    note?.(chunk);
  });
  const ended = new Promise<Ended>((done) => {
    const finish = (code: number | null) => {
      clearTimeout(late);
      clearInterval(watch);
      children.delete(child);
      done({ code, by, ...said });
    };
    child.on('error', (error) => {
      said.stderr = error.message;
      finish(null);
    });
    child.on('close', finish);
  });
  return {
    ended,
    stop: () => end('stopped'),
    goOn: (more) => {
      clearTimeout(late);
      late = setTimeout(() => end('time'), more * 1000);
    },
  };
}
