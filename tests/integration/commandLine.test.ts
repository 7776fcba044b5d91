import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { tableFromIPC } from 'apache-arrow';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isByTheseRules } from '../../pipeline/models/before.ts';
import { canonicalTable } from '../../pipeline/schema/canonical.ts';
import { methodFolders } from '../../src/cli/methodFolders.ts';
import { root } from '../../src/cli/prepare.js';
import { company, rowsOf, small, type Company } from './company.ts';

interface Ended {
  code: number | null;
  out: Buffer;
  /** Standard output as text. */
  said: string;
  complained: string;
}

function start(...args: string[]) {
  return spawn(process.execPath, [join(root, 'src/cli/holdfast.js'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function holdfast(...args: string[]): Promise<Ended> {
  return new Promise((done, fail) => {
    const child = start(...args);
    const [out, complained] = [[] as Buffer[], [] as Buffer[]];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => complained.push(chunk));
    child.on('error', fail);
    child.on('close', (code) => {
      const all = Buffer.concat(out);
      done({ code, out: all, said: all.toString(), complained: Buffer.concat(complained).toString() });
    });
  });
}

let here: Company;
let scratch: string;
beforeAll(async () => {
  here = company(small);
  scratch = mkdtempSync(join(tmpdir(), 'command-'));
  await here.load();
});
afterAll(() => {
  here.remove();
  rmSync(scratch, { recursive: true });
});

describe('a command asked for wrongly ends with 2 and a sentence', () => {
  it.concurrent.each([
    [
      ['load', '--out', 'nothing.duckdb'],
      /Say which files or folders of exports to load.*holdfast load --help/,
    ],
    [['bogus'], /Unknown command 'bogus'/],
    [['status', '--all'], /Unknown option '--all'/],
    [['load', 'x', '--exported-at', 'yesterday'], /2026-11-16/],
    [['query', '--measures', 'discont'], /measures: "discont" is not known.*discount/],
    [['query', '--measures', 'discount', '--where', 'region'], /k=v/],
    [['query', '--measures', 'discount', '--where', 'colour=red'], /"colour"/],
    [['template', 'deals'], /no table "deals".*deal_line/],
    [['serve', '--host', '0.0.0.0'], /127\.0\.0\.1 only.*no access control/],
    [['serve', '--port', 'http'], /0 to 65535/],
  ])('%j', async (args, sentence) => {
    const { code, said, complained } = await holdfast(...args);
    expect(complained).toMatch(sentence);
    expect(complained).not.toMatch(/\n\s+at /);
    expect({ code, said }).toEqual({ code: 2, said: '' });
  });
});

describe('what the reader has to mend ends with 1 and says how', () => {
  const nowhere = join(tmpdir(), 'nowhere', 'w.duckdb');
  it.concurrent.each([
    [['load', 'no-such-folder'], /no-such-folder: There is no such file or folder\. Check the path\./],
    [['read', 'no-such-file.csv'], /no-such-file.csv: There is no such file/],
    [['status', '--out', nowhere], /There is no warehouse here yet\. Make one with: holdfast load/],
    [['query', '--measures', 'discount', '--out', nowhere], /There is no warehouse at .*holdfast load/],
    [['rollback', '--out', nowhere], /no earlier build/],
    [['status', '--out', join(root, 'package.json')], /can't be opened.*Load again/],
  ])('%j', async (args, sentence) => {
    const { code, complained } = await holdfast(...args);
    expect(complained).toMatch(sentence);
    expect(complained).not.toMatch(/\n\s+at /);
    expect(code).toBe(1);
  });

  it('a load that publishes nothing, and its report', async () => {
    const file = join(scratch, 'deal.csv');
    writeFileSync(file, 'deal_id,closed_on\nx,03/04/2026\n');
    const { code, said, complained } = await holdfast(
      'load',
      file,
      '--out',
      join(scratch, 'w.duckdb'),
      '--json',
    );
    expect(code).toBe(1);
    expect(JSON.parse(said)).toMatchObject({
      published: false,
      files: [{ path: 'deal.csv', rows_loaded: 0 }],
    });
    expect(complained).toMatch(/Which is it\?.*date_order.*\nNothing was published/);
    expect(existsSync(join(scratch, 'w.duckdb'))).toBe(false);
  });

  it('a published warehouse on which a check fails', async () => {
    const broken = join(scratch, 'broken.duckdb');
    writeFileSync(broken, readFileSync(here.out));
    const instance = await DuckDBInstance.create(broken);
    const connection = await instance.connect();
    await connection.run("delete from core.line_at_close using (select 1) where deal_id = 'd1'");
    connection.closeSync();
    instance.closeSync();
    const [whole, damaged] = await Promise.all([
      holdfast('check', '--out', here.out, '--json'),
      holdfast('check', '--out', broken),
    ]);
    expect(whole.code).toBe(0);
    expect(JSON.parse(whole.said).checks[0]).toMatchObject({
      severity: 'block',
      passed: true,
      detail: 'holds',
    });
    expect(damaged.code).toBe(1);
    expect(damaged.said).toMatch(/^FAILED {2}Each line of the sources is one row/m);
    expect(damaged.complained).toMatch(/checks? failed/);
  });
});

describe('load, status and rollback', () => {
  it('tell machines and people what was done', async () => {
    const out = join(scratch, 'told.duckdb');
    const load = await holdfast('load', here.folder, '--out', out, '--json');
    expect(load).toMatchObject({ code: 0, complained: '' });
    const report = JSON.parse(load.said);
    expect(Object.keys(report)).toEqual(
      expect.arrayContaining(['build_id', 'published', 'files', 'checks', 'seconds', 'coverage']),
    );
    expect(Object.keys(report.files[0])).toEqual(
      expect.arrayContaining([
        'path',
        'recognised_as',
        'confidence',
        'exported_at',
        'rows_in',
        'rows_loaded',
        'rows_rejected',
        'rows_set_aside',
        'unread_reason',
      ]),
    );
    expect(report).toMatchObject({ published: true, coverage: { list_price: 1 } });

    const again = await holdfast('load', here.folder, '--out', out);
    expect(again.said).toMatch(
      /Opportunity_2026-06-01\.csv +Salesforce Opportunity \(loaded before\) +3 +3 +0 +0\n/,
    );
    expect(again.said).toMatch(/List price known for 100\.0% of net\.\n\nPublished build .* in \d/);
    expect(again.complained).toMatch(/^reading .*\n(.*\n)*published\n$/);

    const status = JSON.parse((await holdfast('status', '--out', out, '--json')).said);
    expect(status).toMatchObject({ deals: 3, deal_lines: 3, earlier_builds: 1 });
    expect(status.build_id).not.toBe(report.build_id);
    const back = await holdfast('rollback', '--out', out, '--json');
    expect(JSON.parse(back.said)).toMatchObject({ build_id: report.build_id });
    const forward = await holdfast('rollback', status.build_id, '--out', out, '--json');
    expect(JSON.parse(forward.said)).toMatchObject({ build_id: status.build_id });
    const unknown = await holdfast('rollback', 'x', '--out', out);
    expect(unknown.complained).toContain(
      `No build x is kept beside the published one. Kept are ${report.build_id}.`,
    );
  });
});

describe('read', () => {
  it('gives the table as clean CSV, all of it, and what was odd beside it', async () => {
    const file = join(scratch, 'report.csv');
    const rows = Array.from({ length: 20_000 }, (_, n) =>
      `${n};"Deal ""${n}"", big";${n / 2}`.replace('.', ','),
    );
    writeFileSync(
      file,
      Buffer.from(`\ufeffId;Name;Betrag\r\n${rows.join('\r\n')}\r\nTotal;;1\r\n`, 'utf16le'),
    );
    const [csv, json] = await Promise.all([holdfast('read', file), holdfast('read', file, '--json')]);
    expect(csv.code).toBe(0);
    expect(
      csv.said.startsWith('Id,Name,Betrag\r\n0,"Deal ""0"", big",0\r\n1,"Deal ""1"", big","0,5"\r\n'),
    ).toBe(true);
    const read = parse(csv.said) as string[][];
    expect(read.length).toBe(20_001);
    expect(read[20_000]).toEqual(['19999', 'Deal "19999", big', '9999,5']);
    expect(csv.complained).toMatch(
      /utf-16le.*";".*\n20,000 rows of 3 columns\.\n(.*\n)*Line 20002 left out: A totals row/,
    );
    expect(JSON.parse(json.said)).toMatchObject({
      dialect: { encoding: 'utf-16le', delimiter: ';' },
      rows: 20_000,
      columns: ['Id', 'Name', 'Betrag'],
      oddities: expect.any(Array),
    });
  });

  it('names the columns of JSON above its rows', async () => {
    const file = join(scratch, 'deals.jsonl');
    writeFileSync(file, '{"id":"d1","amount":10.5}\n{"id":"d2","amount":20}\n');
    expect((await holdfast('read', file)).said).toBe('id,amount\r\nd1,10.5\r\nd2,20\r\n');
  });

  it('stops without a word where nobody reads on', async () => {
    const file = join(scratch, 'long.csv');
    writeFileSync(file, `a,b\n${'x,y\n'.repeat(200_000)}`);
    const child = start('read', file);
    let complained = '';
    child.stderr.on('data', (chunk) => (complained += chunk));
    child.stdout.once('data', () => child.stdout.destroy());
    const code = await new Promise((done) => child.on('close', done));
    expect({ code, complained }).toEqual({ code: 0, complained: '' });
  });
});

describe('query', () => {
  const ask = (...args: string[]) =>
    holdfast('query', '--out', here.out, '--measures', 'discount,list_amount', ...args);
  const expected = [
    { deal_id: 'd1', discount: 20, list_amount: 100 },
    { deal_id: 'd2', discount: 50, list_amount: 100 },
  ];
  const asked = ['--by', 'deal_id', '--where', 'deal_id!=d3'];

  it('gives the same answer in every format', async () => {
    const format = (name: string) => ask(...asked, '--format', name);
    const [json, csv, arrow, parquet, xlsx, words] = await Promise.all([
      format('json'),
      format('csv'),
      format('arrow'),
      format('parquet'),
      format('xlsx'),
      ask(...asked),
    ]);
    const answer = JSON.parse(json.said);
    expect(answer.rows).toEqual(expected);
    expect(answer).toMatchObject({
      n: 2,
      coverage: 1,
      columns: [{ id: 'deal_id' }, { id: 'discount' }, { id: 'list_amount' }],
    });
    expect(answer.build_id).toBe((await here.rows('select build_id from meta.build'))[0]!.build_id);
    expect(csv.said).toBe('deal_id,discount,list_amount\r\nd1,20,100\r\nd2,50,100\r\n');
    expect(
      tableFromIPC(arrow.out)
        .toArray()
        .map((row) => ({ ...row.toJSON() })),
    ).toEqual(expected);
    const file = join(scratch, 'answer.parquet');
    writeFileSync(file, parquet.out);
    const read = `select deal_id, discount::double as discount, list_amount::double as list_amount from '${file}' order by 1`;
    expect(await rowsOf(here.out, read)).toEqual(expected);
    expect(xlsx.out.subarray(0, 2).toString()).toBe('PK');
    expect(words.said).toMatch(/d1 +20\.00 +100\.00\nd2 +50\.00 +100\.00\n$/);
    expect(words.complained).toMatch(/2 deals, build .*100\.0% of net/);
  });

  it('takes the conditions of the contract', async () => {
    const deals = async (...where: string[]) => {
      const { said } = await ask('--by', 'deal_id', '--json', ...where.flatMap((part) => ['--where', part]));
      return (JSON.parse(said).rows as { deal_id: string }[]).map((row) => row.deal_id);
    };
    expect(
      await Promise.all([
        deals('deal_id=d1,d3'),
        deals('rep_id=ann', 'deal_id!=d1'),
        deals('closed_on=2026-05-05..'),
        deals('closed_on=..2026-05-04'),
        deals('period=2026-05-05..2026-05-05'),
        deals(`deal_id=d1' or '1'='1`),
      ]),
    ).toEqual([['d1', 'd3'], ['d2'], ['d2', 'd3'], ['d1'], ['d2'], []]);
  });
});

describe('template and demo', () => {
  it('give an empty CSV with its columns explained', async () => {
    const [csv, json] = await Promise.all([
      holdfast('template', 'coaching_session'),
      holdfast('template', 'coaching_session', '--json'),
    ]);
    const columns = canonicalTable('coaching_session')!.columns;
    expect(csv.said).toBe(`${columns.map((column) => column.name).join(',')}\r\n`);
    for (const { name, means } of columns)
      expect(csv.complained).toMatch(new RegExp(`${name} .*${means.slice(0, 10)}`));
    expect(JSON.parse(json.said).columns.map((column: { name: string }) => column.name)).toEqual(
      columns.map((column) => column.name),
    );
  });

  it('write a company that loads', async () => {
    const to = join(scratch, 'demo');
    const { code, said } = await holdfast('demo', '--to', to, '--deals', '40', '--seed', '3', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(said)).toMatchObject({ folder: to, planted: { seed: 3 } });
    expect((await holdfast('inspect', to, '--json')).code).toBe(0);
  });
});

describe.skipIf(!existsSync(join(root, 'build', 'handler.js')))('serve', () => {
  const get = (port: number, path: string, host: string) =>
    new Promise<{ status: number; body: string }>((done, fail) => {
      const asking = request({ host: '127.0.0.1', port, path, headers: { host } }, (response) => {
        let body = '';
        response.on('data', (chunk) => (body += chunk));
        response.on('end', () => done({ status: response.statusCode!, body }));
      });
      asking.on('error', fail).end();
    });

  it('answers on the next free port, to this machine alone, until it is told to end', async () => {
    const taken = createServer();
    await new Promise<void>((done) => taken.listen(0, '127.0.0.1', done));
    const { port } = taken.address() as { port: number };
    const child = start('serve', '--out', here.out, '--port', String(port));
    const ended = new Promise((done) => child.on('close', done));
    let noted = '';
    child.stderr.on('data', (chunk) => (noted += chunk));
    try {
      const address = await new Promise<string>((done, fail) => {
        let said = '';
        child.stdout.on('data', (chunk) => (said += chunk).includes('\n') && done(said));
        child.on('close', () => fail(new Error(noted)));
      });
      // This company was built without the figures that the product adds: a build by other rules.
      expect(noted).toMatch(/^This warehouse was made by another version of Holdfast.+\n$/);
      const free = Number(/^Holdfast is at http:\/\/127\.0\.0\.1:(\d+)\/\n$/.exec(address)?.[1]);
      expect(free).toBeGreaterThan(port);
      const [{ build_id }] = (await here.rows('select build_id from meta.build')) as [{ build_id: string }];
      const health = { status: 200, body: JSON.stringify({ build_id }) };
      expect(await get(free, '/healthz', `127.0.0.1:${free}`)).toEqual(health);
      expect(await get(free, '/healthz', `LOCALHOST:${free}`)).toEqual(health);
      for (const host of ['evil.example', `127.0.0.1.evil.example:${free}`, `evil@127.0.0.1`])
        expect(await get(free, '/healthz', host)).toMatchObject({ status: 403 });
    } finally {
      taken.close();
      child.kill('SIGTERM');
    }
    expect(await ended).toBe(0);
  });

  it('has nothing to say of a warehouse that this version made', async () => {
    const { code } = await holdfast('load', '--out', here.out);
    expect(code).toBe(0);
    expect(await isByTheseRules(here.out, methodFolders)).toBe(true);
  });
});
