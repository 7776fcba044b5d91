// `npm run calibrate [-- RUNS [METHOD]]`: tries the methods on made facts. All of them, in full, make the table that
// stands beside this file; fewer runs or one method alone are only printed.
import { fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { sumOf, type Tally } from './cell.ts';
import { isMet } from './met.ts';
import { tableOf } from './table.ts';
import { allCells, tried } from './tried.ts';

interface Share {
  cell: number;
  first: number;
  last: number;
}

/** Runs that one process tries at a time. */
const AT_ONCE = 250;

/** In a worker: tries what it is sent. */
async function work() {
  const cells = await allCells();
  process.on('message', ({ cell, first, last }: Share) => process.send!(tried(cells[cell]!, first, last)));
  process.send!('ready');
}

/** Hands shares out to as many processes as there are cores; gives the tallies back by cell. */
async function handOut(shares: Share[], cells: number): Promise<Tally[]> {
  const tallies: Tally[][] = Array.from({ length: cells }, () => []);
  const left = [...shares];
  const one = () =>
    new Promise<void>((done, fail) => {
      const worker = fork(fileURLToPath(import.meta.url), ['--worker']);
      let share: Share | undefined;
      worker.on('message', (message: Tally | 'ready') => {
        if (share && message !== 'ready') tallies[share.cell]!.push(message);
        share = left.shift();
        if (share) worker.send(share);
        else worker.disconnect();
      });
      worker.on('exit', (code) => (code === 0 ? done() : fail(new Error('A worker broke down.'))));
    });
  await Promise.all(Array.from({ length: availableParallelism() }, one));
  return tallies.map(sumOf);
}

async function calibrate(runs: number, method: string | undefined) {
  const cells = await allCells();
  const asked = cells.flatMap((cell, at) => (method && cell.method !== method ? [] : [at]));
  const shares = asked.flatMap((cell) =>
    Array.from({ length: Math.ceil(runs / AT_ONCE) }, (_, part): Share => {
      return { cell, first: part * AT_ONCE, last: Math.min(runs, (part + 1) * AT_ONCE) };
    }),
  );
  const tallies = await handOut(shares, cells.length);
  const found = asked.map((at) => ({ cell: cells[at]!, tally: tallies[at]! }));
  const file = fileURLToPath(new URL('README.md', import.meta.url));
  const table = await format(tableOf(found, runs), { ...(await resolveConfig(file)), parser: 'markdown' });
  console.log(table);
  if (runs === RUNS && !method) writeFileSync(file, table);
  const missed = found.filter(({ cell, tally }) => !isMet(cell.aim, tally)).length;
  if (missed > 0) console.log(`${missed} of ${found.length} are not as they should be.`);
  process.exitCode = missed > 0 ? 1 : 0;
}

const RUNS = 2000;
if (process.argv.includes('--worker')) await work();
else await calibrate(Number(process.argv[2] ?? RUNS), process.argv[3]);
