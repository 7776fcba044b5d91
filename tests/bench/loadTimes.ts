import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
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
}

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));

/** Runs one step in a process of its own, so that its time and memory are its own. */
export function step(name: 'plain' | 'load', ...args: string[]): Promise<Measured> {
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

/** Writes a company of so many deal lines into a folder; returns how many there are. */
export async function writeCompany(lines: number, to: string): Promise<number> {
  const { files } = await writeDemoCompany({ deals: dealsFor(lines), to, lean: true });
  return files.find(({ path }) => path.includes('OpportunityLineItem'))?.rows ?? 0;
}

/**
 * Time and memory of a whole load, beside DuckDB's plain `create table as from read_csv` of the same files:
 * one after the other, twice, the better of each.
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
    return { lines: written, plain: better(plain[0]!, plain[1]!), load: better(load[0]!, load[1]!) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
