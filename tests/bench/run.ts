import { loadavg, tmpdir } from 'node:os';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { loadTimes, step, writeCompany } from './loadTimes.ts';
import { pageTimes } from './pageTimes.ts';
import { scriptSent } from './scriptSent.ts';

/** `npm run bench [-- --lines N]`: how fast a load and the pages are, as ratios and against their aims. */
const at = process.argv.indexOf('--lines');
const lines = at > 0 ? Number(process.argv[at + 1]) : 5_000_000;
if (!Number.isInteger(lines) || lines < 1000) {
  console.error('--lines must be a whole number from 1000.');
  process.exit(2);
}
const scratch = mkdtempSync(join(tmpdir(), 'holdfast-bench-'));
const say = (label: string, figure: string, aim = '') =>
  console.log(`${label.padEnd(44)}${figure.padStart(12)}${aim && `   aim ${aim}`}`);
// The exit of an interrupted run does not come past the end of what follows.
process.on('SIGINT', () => process.exit(1));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

try {
  say('load average at the start', loadavg()[0]!.toFixed(1));
  const { lines: written, plain, load, reloads } = await loadTimes(lines, scratch);
  say('deal lines', written.toLocaleString('en-US'));
  say('plain create table as from read_csv', `${plain.seconds.toFixed(1)} s`);
  say('whole load', `${load.seconds.toFixed(1)} s`);
  say('ratio', (load.seconds / plain.seconds).toFixed(2), '≤ 3');
  say('ratio of processor time', (load.processor / plain.processor).toFixed(2));
  for (const { changed, files, load: again } of reloads)
    say(
      `again, 1 of ${files} files changed: ${changed}`,
      `${((100 * again.seconds) / load.seconds).toFixed(0)}%`,
      '≤ 25% of the whole load',
    );
  say('peak memory of the load', `${load.peak.toFixed(2)} GB`, '≤ 4 GB');

  const folder = mkdtempSync(join(scratch, 'pages-'));
  const warehouse = join(scratch, 'pages.duckdb');
  const onPages = await writeCompany(Math.min(lines, 1_000_000), folder);
  await step('load', folder, warehouse);
  console.log(`\nserver's answer on ${onPages.toLocaleString('en-US')} lines, 95th percentile of 40`);
  for (const { page, cold, whole, warm } of await pageTimes(warehouse)) {
    say(`  ${page}, asked for the first time`, `${cold.toFixed(0)} ms`, '≤ 150 ms');
    say(`  ${page}, with what follows`, `${whole.toFixed(0)} ms`);
    say(`  ${page}, asked again`, `${warm.toFixed(0)} ms`, '≤ 15 ms');
  }
  const sent = await scriptSent(warehouse, '/discounts');
  say(
    '\nJavaScript on first view of /discounts',
    sent === null ? 'no browser' : `${sent.toFixed(0)} kB`,
    '≤ 180 kB gzipped',
  );
  say('load average at the end', loadavg()[0]!.toFixed(1));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
