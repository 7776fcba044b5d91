import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { withPublished } from '../../pipeline/publish/published.ts';
import { root } from '../../src/cli/prepare.js';
import { rowsOf } from './company.ts';

/** Few: what a kill can break lies in the steps of a load and not in its rows, and most of these steps are short. */
const deals = 120;
const kills = 50;
/** Two at a time, each with a warehouse of its own. */
const lanes = 2;

const fill = (head: string, count: number, row: (n: number) => string) =>
  `${head}\n${Array.from({ length: count }, (_, n) => row(n)).join('\n')}\n`;

function exports(folder: string): void {
  const [deal, line] = [
    'Id,Name,StageName,CloseDate,OwnerId,AccountId,Amount',
    'Id,OpportunityId,Product2Id,Quantity,ListPrice,TotalPrice',
  ];
  const day = (n: number) => `2026-0${(n % 9) + 1}-1${n % 10}`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'Opportunity.csv'),
    fill(deal, deals, (n) => `d${n},Deal ${n},Closed Won,${day(n)},r${n % 40},a${n % 500},${(n % 90) * 3}`),
  );
  writeFileSync(
    join(folder, 'OpportunityLineItem.csv'),
    fill(line, deals * 3, (n) => `l${n},d${n % deals},p${n % 30},1,100,${(n % deals) % 90}`),
  );
}

interface End {
  killed: boolean;
  /** The last step it told of, and how many it told of. */
  step: string;
  steps: number;
}

/** When to kill: once so many steps are told, or one that begins so, and some milliseconds later. */
interface Moment {
  step: number | RegExp;
  delay: number;
}

const never: Moment = { step: Infinity, delay: 0 };

/** Of each ten loads two while files are read, five among the first models, two anywhere and one from the checks on. */
function momentOf(n: number, steps: number): Moment {
  if (n % 5 === 0) return { step: /^reading/m, delay: Math.random() * 40 };
  if (n % 10 === 4) return { step: /^checking/m, delay: Math.random() * 600 };
  const most = n % 5 === 3 ? steps : 27;
  return { step: 1 + Math.floor(Math.random() * most), delay: Math.random() * 60 };
}

/** Loads in a process of its own, and kills it at that moment. */
function loadAndKill(args: string[], { step, delay }: Moment): Promise<End> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [join(root, 'src/cli/holdfast.js'), 'load', ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    const isThere = () => (typeof step === 'number' ? said.split('\n').length > step : step.test(said));
    child.stderr.on('data', (chunk) => {
      const was = isThere();
      said += chunk;
      if (!was && isThere()) setTimeout(() => child.kill('SIGKILL'), delay);
    });
    child.on('error', fail);
    child.on('close', (code, signal) => {
      if (code !== null && code !== 0) return fail(new Error(`load ended with ${code}: ${said}`));
      const told = said.trimEnd().split('\n');
      done({ killed: signal === 'SIGKILL', step: told.at(-1) ?? '', steps: told.length });
    });
  });
}

const bytes = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

/** The published file opens, every check on it holds and all of its deals are there. Returns its build. */
async function expectWhole(out: string): Promise<string> {
  const { id, failed } = await withPublished(out, async (published) => ({
    id: (await published.build()).build_id,
    failed: (await published.checks()).filter((check) => check.severity === 'block' && !check.passed),
  }));
  expect(failed).toEqual([]);
  const facts = `(select count(*) from marts.fact_deal)::integer as deals,
    (select count(*) from marts.fact_deal_line)::integer as lines,
    (select count(*) from meta.check_result where passed)::integer as checks`;
  const [found] = await rowsOf(out, `select ${facts}`);
  expect(found).toMatchObject({ deals, lines: deals * 3 });
  expect(found!.checks).toBeGreaterThan(10);
  return id;
}

async function expectOpens(out: string): Promise<string> {
  return withPublished(out, async (published) => (await published.build()).build_id);
}

async function lane(home: string, count: number): Promise<{ ends: End[]; leftovers: number }> {
  const folder = join(home, 'exports');
  const out = join(home, 'warehouse', 'w.duckdb');
  const beside = () => readdirSync(join(home, 'warehouse')).filter((name) => name.includes('.building-'));
  exports(folder);
  const { steps } = await loadAndKill([folder, '--out', out], never);
  let id = await expectWhole(out);
  const ends: End[] = [];
  let leftovers = 0;
  for (let n = 0; n < count; n += 1) {
    const hash = bytes(out);
    // Every third load carries over what was known; the others read everything again.
    const args = [folder, '--out', out, ...(n % 3 === 0 ? [] : ['--from-scratch'])];
    const end = await loadAndKill(args, momentOf(n, steps));
    ends.push(end);
    const now = await expectOpens(out);
    // The same build is the same bytes, which were looked at when it was published.
    if (now === id) expect(bytes(out)).toBe(hash);
    else await expectWhole(out);
    // A load that came to its end has published; a killed one may have.
    if (!end.killed) expect(now).not.toBe(id);
    id = now;
    // What the loads before left is swept: at most one unfinished build lies there, with its parts.
    expect(new Set(beside().map((name) => /building-\d+/.exec(name)![0])).size).toBeLessThanOrEqual(1);
    if (beside().length > 0) leftovers += 1;
  }
  await loadAndKill([folder, '--out', out], never);
  await expectWhole(out);
  expect(readdirSync(join(home, 'warehouse')).sort()).toEqual(['.w.duckdb.builds', 'w.duckdb']);
  const kept = readdirSync(join(home, 'warehouse', '.w.duckdb.builds'));
  for (const name of kept)
    expect(
      await rowsOf(
        join(home, 'warehouse', '.w.duckdb.builds', name),
        'select count(*)::integer as n from meta.build',
      ),
    ).toEqual([{ n: 1 }]);
  return { ends, leftovers };
}

it('a load killed at any moment leaves the published file whole', async () => {
  const home = mkdtempSync(join(tmpdir(), 'killed-'));
  try {
    const each = Array.from({ length: lanes }, (_, n) => lane(join(home, String(n)), kills / lanes));
    const results = await Promise.all(each);
    const killed = results.flatMap(({ ends }) => ends).filter((end) => end.killed);
    // The moments fell into every part of the work, most of them while a build lay half done.
    expect(killed.length).toBeGreaterThan(kills / 2);
    expect(results.reduce((sum, { leftovers }) => sum + leftovers, 0)).toBeGreaterThan(kills / 4);
    for (const part of [/^reading/, /^building core/, /^checking/])
      expect(killed.some(({ step }) => part.test(step))).toBe(true);
    if (process.env.KILLED) console.log(killed.map(({ step }) => step).sort());
  } finally {
    rmSync(home, { recursive: true });
  }
}, 240_000);
