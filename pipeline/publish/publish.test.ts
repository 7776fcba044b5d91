import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Problem } from '../problem.ts';
import { diskProblem } from './diskProblem.ts';
import { keptBuilds } from './keptBuilds.ts';
import { buildingPath, publish, publishAgain, rollback, sweepUnfinished } from './publish.ts';

let folder: string;
let out: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'publish-'));
  out = join(folder, 'w.duckdb');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Publishes a "build" of these bytes. */
function publishes(content: string): void {
  writeFileSync(buildingPath(out), content);
  publish(buildingPath(out), out);
}
const published = () => readFileSync(out, 'utf8');
const kept = () => keptBuilds(out).map(({ path }) => readFileSync(path, 'utf8'));
const keptPath = (content: string) =>
  keptBuilds(out).find(({ path }) => readFileSync(path, 'utf8') === content)!.path;

describe('publishing', () => {
  it('swaps the file, keeps the three before it and leaves nothing else', () => {
    for (const build of ['one', 'two', 'three', 'four', 'five']) publishes(build);
    expect(published()).toBe('five');
    expect(kept()).toEqual(['four', 'three', 'two']);
    expect(readdirSync(folder).sort()).toEqual(['.w.duckdb.builds', 'w.duckdb']);
  });

  it('goes back build by build, and says when there is none', () => {
    for (const build of ['one', 'two', 'three']) publishes(build);
    rollback(out);
    expect(published()).toBe('two');
    rollback(out);
    expect(published()).toBe('one');
    expect(() => rollback(out)).toThrow(Problem);
    expect(published()).toBe('one');
  });

  it('keeps what it went back from, to go forward to again', () => {
    for (const build of ['one', 'two', 'three']) publishes(build);
    rollback(out);
    rollback(out);
    expect(kept()).toEqual(['two', 'three']);
    publishAgain(keptPath('three'), out);
    expect(published()).toBe('three');
    expect(kept()).toEqual(['one', 'two']);
  });

  it('goes back to the build that was loaded onto, not to one that was left', () => {
    publishes('one');
    publishes('two');
    rollback(out);
    publishes('three');
    rollback(out);
    expect(published()).toBe('one');
    expect(() => rollback(out)).toThrow('no earlier build');
    expect(kept().sort()).toEqual(['three', 'two']);
  });

  it('knows the published build in a copy of it, where a file can have but one name', () => {
    publishes('one');
    publishes('two');
    rollback(out);
    // What linking does elsewhere, done by copying.
    for (const { path } of [...keptBuilds(out), { path: out }]) {
      const { atime, mtime } = statSync(path);
      copyFileSync(path, `${path}.copy`);
      utimesSync(`${path}.copy`, atime, mtime);
      renameSync(`${path}.copy`, path);
    }
    const one = readdirSync(join(folder, '.w.duckdb.builds')).map((name) =>
      join(folder, '.w.duckdb.builds', name),
    );
    expect(one).toHaveLength(2);
    expect(kept()).toEqual(['two']);
    publishAgain(keptPath('two'), out);
    expect(kept()).toEqual(['one']);
  });

  it('goes back past a build that a killed load kept and did not replace', () => {
    publishes('one');
    publishes('two');
    linkSync(out, join(folder, '.w.duckdb.builds', '999999999999999-0.duckdb'));
    expect(published()).toBe('two');
    rollback(out);
    expect(published()).toBe('one');
  });
});

describe('what a killed load leaves', () => {
  it('is swept by the next one, and what a running load or another file owns is not', () => {
    const gone = 2 ** 22 + 1;
    writeFileSync(`${out}.building-${gone}`, '');
    writeFileSync(`${out}.building-${gone}.wal`, '');
    mkdirSync(`${out}.building-${gone}.scratch`);
    writeFileSync(join(`${out}.building-${gone}.scratch`, 'x.csv'), '');
    writeFileSync(`${out}.building-${process.ppid}`, 'at work');
    writeFileSync(join(folder, `other.building-${gone}`), '');
    writeFileSync(out, 'published');
    sweepUnfinished(out);
    expect(readdirSync(folder).sort()).toEqual(
      [`other.building-${gone}`, 'w.duckdb', `w.duckdb.building-${process.ppid}`].sort(),
    );
  });

  it('is nothing where there is no folder yet', () => {
    expect(() => sweepUnfinished(join(folder, 'not', 'there', 'w.duckdb'))).not.toThrow();
    expect(existsSync(join(folder, 'not'))).toBe(false);
  });
});

describe('a fault of the disk', () => {
  const fault = (message: string, path?: string) => Object.assign(new Error(message), path ? { path } : {});

  it.each([
    [
      fault('IO Error: Could not write file "/d/w.duckdb.building-1": No space left on device'),
      /not enough room.*load fewer files/,
    ],
    [fault('Out of Memory Error: failed to allocate data of size 16.0 MiB'), /not enough room/],
    [fault("EACCES: permission denied, mkdir '/d'", '/d'), /may not be written.*permissions/],
    [fault('IO Error: Cannot open file "/d/w.duckdb.building-1": Permission denied'), /may not be written/],
    [fault("ENOTDIR: not a directory, mkdir '/d'", '/d'), /can't be written here.*--out/],
    [
      fault('IO Error: The file "/d/w.duckdb" exists, but it is not a valid DuckDB database file!'),
      /can't be read.*rollback/,
    ],
  ])('is told as what to do: %s', (error, told) => {
    const problem = diskProblem(error, '/d/w.duckdb') as Problem;
    expect(problem).toBeInstanceOf(Problem);
    expect(problem.describe()).toMatch(told);
    expect(problem.describe()).toMatch(/^\/d\/w.duckdb: /);
  });

  it('is not what it takes for one of ours', () => {
    for (const ours of [
      fault("ENOENT: no such file, open '/elsewhere/x.sql'", '/elsewhere/x.sql'),
      new TypeError('x is undefined'),
    ])
      expect(diskProblem(ours, '/d/w.duckdb')).toBe(ours);
  });
});
