import { rmSync } from 'node:fs';
import { DuckDBInstance, quotedString } from '@duckdb/node-api';
import { build } from '../../pipeline/build.ts';
import { csvFiles } from './loadTimes.ts';

/** One measured step of the benchmark, in a process of its own: `step.ts plain|load|reload FOLDER OUT`. */
const [name, folder, out] = process.argv.slice(2) as [string, string, string];

async function plain(): Promise<void> {
  const instance = await DuckDBInstance.create(out);
  const connection = await instance.connect();
  for (const [index, file] of csvFiles(folder).entries())
    await connection.run(`create table t${index} as from read_csv(${quotedString(file)})`);
  await connection.run('checkpoint');
  connection.closeSync();
  instance.closeSync();
}

async function load(fromScratch: boolean): Promise<void> {
  const report = await build({
    paths: [folder],
    out,
    fromScratch,
    metrics: [],
    productVersion: 'bench',
  });
  if (!report.published) throw new Error(report.problems.join(' '));
}

if (name !== 'reload') for (const file of [out, `${out}.wal`]) rmSync(file, { force: true });
const started = performance.now();
await (name === 'plain' ? plain() : load(name === 'load'));
const seconds = (performance.now() - started) / 1000;
const peak = process.resourceUsage().maxRSS / 1024 ** 2;
const { user, system } = process.cpuUsage();
console.log(JSON.stringify({ seconds, processor: (user + system) / 1e6, peak }));
process.exit(0);
