import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  createReadStream,
  createWriteStream,
  fstatSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
  type WriteStream,
} from 'node:fs';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { writeDemoCompany } from '../../pipeline/demo/company.ts';

export interface Measured {
  seconds: number;
  /** Seconds of processor time, of all threads. */
  processor: number;
  /** Peak memory of the process that did it, in GB. */
  peak: number;
}

export interface LoadTimes {
  lines: number;
  plain: Measured;
  load: Measured;
  /** Loads of the same folder after one of its files changed, one for each kind of file tried. */
  reloads: { changed: string; files: number; load: Measured }[];
}

/** Files of every size and of every place in the models: from what hangs on one person to lines of deals. */
const changedFiles =
  /(coaching_session|quota|invoice_line_items|User|Account|Opportunity_part_05|OpportunityLineItem_part_05)_[^/]*\.csv$/;

/** Exports too large for one file come in so many. */
const PARTS = 10;

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));

/** Runs one step in a process of its own, so that its time and memory are its own. */
export function step(name: 'plain' | 'load' | 'reload', ...args: string[]): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', here('./step.ts'), name, ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let printed = '';
    child.stdout.on('data', (part: Buffer) => (printed += part.toString()));
    child.on('close', (code) => {
      const last = printed.trim().split('\n').at(-1) ?? '';
      if (code === 0) resolve(JSON.parse(last) as Measured);
      else reject(new Error(`${name} ended with ${code}`));
    });
  });
}

/** Deals that come with about so many lines. */
const dealsFor = (lines: number) => Math.round(lines / 2.32);

/** Every CSV below a folder. */
export function csvFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.csv'))
    .map((name) => join(folder, name));
}

/** Puts a file's rows into several in its place, each with its header: `X_2026-11-16.csv` into `X_part_01_2026-11-16.csv` and so on. */
async function inParts(path: string, rows: number): Promise<void> {
  const each = Math.ceil(rows / PARTS);
  let [header, row, part] = ['', 0, 0];
  let out: WriteStream | undefined;
  for await (const line of createInterface({ input: createReadStream(path) })) {
    if (!header) {
      header = line;
      continue;
    }
    if (row++ % each === 0) {
      out?.end();
      part += 1;
      out = createWriteStream(path.replace(/_(\d{4}-)/, `_part_${String(part).padStart(2, '0')}_$1`));
      out.write(`${header}\n`);
    }
    if (!out!.write(`${line}\n`)) await once(out!, 'drain');
  }
  out?.end();
  if (out) await once(out, 'close');
  rmSync(path);
}

/**
 * Writes a company of so many deal lines into a folder, its deals and their lines in several files each; returns how
 * many lines there are.
 */
export async function writeCompany(lines: number, to: string): Promise<number> {
  const { files } = await writeDemoCompany({ deals: dealsFor(lines), to, lean: true });
  for (const { path, rows } of files.filter(({ path }) => /Opportunity(LineItem)?_\d/.test(path)))
    await inParts(join(to, path), rows);
  return files.find(({ path }) => path.includes('OpportunityLineItem'))?.rows ?? 0;
}

/** Takes the last row off a file. */
function takeLastRow(path: string): void {
  const file = openSync(path, 'r+');
  try {
    const { size } = fstatSync(file);
    const tail = Buffer.alloc(Math.min(size, 64 << 10));
    readSync(file, tail, 0, tail.length, size - tail.length);
    const lineEnd = tail.lastIndexOf('\n', tail.length - 2);
    ftruncateSync(file, size - tail.length + lineEnd + 1);
  } finally {
    closeSync(file);
  }
}

/** Loads a folder again into its warehouse after each of some files lost its last row. */
async function reloadTimes(folder: string, out: string): Promise<LoadTimes['reloads']> {
  const files = csvFiles(folder);
  const reloads = [];
  for (const changed of files.filter((path) => changedFiles.test(path))) {
    takeLastRow(changed);
    const load = await step('reload', folder, out);
    reloads.push({ changed: basename(changed).replace(/(_part)?_\d.*/, ''), files: files.length, load });
  }
  return reloads;
}

/**
 * Time and memory of a whole load, beside DuckDB's plain `create table as from read_csv` of the same files:
 * one after the other, twice, the better of each; then of loads after one file changed.
 */
export async function loadTimes(lines: number, scratch: string): Promise<LoadTimes> {
  const folder = mkdtempSync(join(scratch, 'company-'));
  try {
    const written = await writeCompany(lines, folder);
    const better = (a: Measured, b: Measured) => (a.seconds <= b.seconds ? a : b);
    const plain = [];
    const load = [];
    for (let round = 0; round < 2; round += 1) {
      plain.push(await step('plain', folder, join(scratch, 'plain.duckdb')));
      load.push(await step('load', folder, join(scratch, 'load.duckdb')));
    }
    const reloads = await reloadTimes(folder, join(scratch, 'load.duckdb'));
    return {
      lines: written,
      plain: better(plain[0]!, plain[1]!),
      load: better(load[0]!, load[1]!),
      reloads,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
