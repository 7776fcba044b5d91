import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { withPublished } from '../../pipeline/publish/published.ts';
import { root } from '../../src/cli/prepare.js';
import { rowsOf } from './company.ts';

const deals = 2500;
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
  /** The last step it told of. */
  step: string;
}

/** Loads in a process of its own, and kills it some milliseconds after it tells its nth step. */
function loadAndKill(args: string[], nth: number, delay: number): Promise<End> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [join(root, 'src/cli/holdfast.js'), 'load', ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk) => {
      const before = said.split('\n').length;
      said += chunk;
      if (before <= nth && said.split('\n').length > nth) setTimeout(() => child.kill('SIGKILL'), delay);
    });
    child.on('error', fail);
    child.on('close', (code, signal) => {
      if (code !== null && code !== 0) return fail(new Error(`load ended with ${code}: ${said}`));
      done({ killed: signal === 'SIGKILL', step: said.trimEnd().split('\n').at(-1) ?? '' });
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
  await loadAndKill([folder, '--out', out], Infinity, 0);
  let id = await expectWhole(out);
  const ends: End[] = [];
  let leftovers = 0;
  for (let n = 0; n < count; n += 1) {
    const hash = bytes(out);
    // Every third load carries over what was known; the others read everything again.
    const args = [folder, '--out', out, ...(n % 3 === 0 ? [] : ['--from-scratch'])];
    const end = await loadAndKill(args, 1 + Math.floor(Math.random() * 27), Math.random() * 60);
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
  await loadAndKill([folder, '--out', out], Infinity, 0);
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
    for (const part of [/^reading/, /^building/])
      expect(killed.some(({ step }) => part.test(step))).toBe(true);
    if (process.env.KILLED) console.log(killed.map(({ step }) => step).sort());
  } finally {
    rmSync(home, { recursive: true });
  }
}, 240_000);
