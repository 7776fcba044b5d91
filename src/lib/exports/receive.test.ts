import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { placesOf, type Places } from './places.ts';
import { receive } from './receive.ts';
import { keepLoaded, leaveOut, waitingFiles } from './waiting.ts';

const scratch = mkdtempSync(join(tmpdir(), 'holdfast-receive-'));
let number = 0;
let places: Places;
beforeEach(() => {
  number += 1;
  places = placesOf(join(scratch, `${number}.duckdb`));
});
afterAll(() => rmSync(scratch, { recursive: true }));

async function* body(...chunks: string[]) {
  for (const chunk of chunks) {
    await Promise.resolve();
    yield Buffer.from(chunk);
  }
}

async function* broken() {
  await Promise.resolve();
  yield Buffer.from('a,b\n');
  throw new Error('aborted');
}

describe('a file that arrives', () => {
  it('is kept under its name with the day it is of, and replaces one of its name', async () => {
    const changed = Date.UTC(2026, 9, 31);
    await receive(places, { name: 'x/deals.csv', size: 8, changed, body: body('a,b\n', '1,2\n') });
    expect(readFileSync(join(places.waiting, 'x - deals.csv'), 'utf8')).toBe('a,b\n1,2\n');
    expect(statSync(join(places.waiting, 'x - deals.csv')).mtimeMs).toBe(changed);
    await receive(places, { name: 'x/deals.csv', body: body('c\n') });
    expect(waitingFiles(places)).toMatchObject([{ name: 'x - deals.csv', size: 2 }]);
  });

  it('is not there at all where it did not come whole', async () => {
    await expect(receive(places, { name: 'a.csv', body: broken() })).rejects.toThrow('aborted');
    await expect(receive(places, { name: 'a.csv', size: 9, body: body('a,b\n') })).rejects.toThrow(/whole/);
    await expect(receive(places, { name: '..', body: body('a') })).rejects.toThrow(/no name/);
    await expect(receive(places, { name: 'a.csv', size: 1e18, body: body('a') })).rejects.toThrow(
      /too large/,
    );
    expect(waitingFiles(places)).toEqual([]);
    expect(readdirSync(places.unfinished)).toEqual([]);
  });
});

describe('files that wait', () => {
  it('can be left out by their names alone', () => {
    mkdirSync(places.waiting, { recursive: true });
    writeFileSync(join(places.waiting, 'a.csv'), '');
    writeFileSync(places.settings, '');
    expect(leaveOut(places, '../holdfast.yaml')).toBe(false);
    expect(leaveOut(places, 'a.csv')).toBe(true);
    expect(readdirSync(places.folder).sort()).toEqual(['holdfast.yaml', 'next']);
  });

  it('are kept by the day once loaded, each load for itself', () => {
    for (const expected of ['2026-11-22', '2026-11-22 (2)']) {
      mkdirSync(places.waiting, { recursive: true });
      writeFileSync(join(places.waiting, 'a.csv'), '');
      expect(keepLoaded(places, new Date('2026-11-22T10:00:00Z'))).toBe(expected);
    }
    expect(keepLoaded(places, new Date())).toBeNull();
  });
});
