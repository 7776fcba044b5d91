import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fingerprint, root } from '../src/cli/prepare.js';
import { madeOnce } from './madeOnce.ts';

const run = promisify(execFile);
const cache = join(root, 'node_modules', '.cache', 'holdfast');

export interface DemoWarehouse {
  /** The folder of the demo company's exports. */
  exports: string;
  /** The published DuckDB file. */
  warehouse: string;
}

/** The demo company's exports and warehouse, made once for the sources as they are and shared by all tests. */
export async function demoWarehouse(): Promise<DemoWarehouse> {
  const sources = ['pipeline', 'data', 'src/cli', 'package-lock.json'];
  const made = ['data/warehouse', 'data/demo/exports'];
  const mark = fingerprint(sources, (path) => !made.includes(path) && !path.endsWith('.test.ts'));
  const folder = join(cache, `demo-${mark.slice(0, 16)}`);
  await madeOnce(folder, async (aside) => {
    await holdfast('demo', '--to', join(aside, 'exports'));
    await holdfast('load', join(aside, 'exports'), '--out', join(aside, 'demo.duckdb'));
  });
  return { exports: join(folder, 'exports'), warehouse: join(folder, 'demo.duckdb') };
}

/** Runs a command as a person does; resolves to what it printed, rejects with what it complained of. */
export async function holdfast(...args: string[]): Promise<string> {
  const options = { cwd: root, maxBuffer: 64 * 1024 * 1024 };
  const { stdout } = await run(process.execPath, [join(root, 'src/cli/holdfast.js'), ...args], options);
  return stdout;
}
