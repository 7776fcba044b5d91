import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, describe, expect, it } from 'vitest';
import { hasPollock, scoreFolder, scoreMade } from '../pollock/reading.ts';
import { overall, pollockScore } from '../pollock/score.ts';

// The whole of it is `npm run pollock`; every sixtieth file tells when something breaks.
const STEP = 60;

describe('the Pollock benchmark', async () => {
  const scratch = mkdtempSync(join(tmpdir(), 'read-'));
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  afterAll(() => {
    connection.closeSync();
    rmSync(scratch, { recursive: true });
  });

  it('scores as its definition says', () => {
    const clean = [
      ['a', 'b'],
      ['1', '2'],
      ['3', '4'],
    ];
    expect(pollockScore(clean, clean)).toBe(10);
    expect(pollockScore(clean, null)).toBe(0);
    expect(pollockScore([], [])).toBe(10);
    // Header: 3. Records: precision 1/2, recall 1, F1 2/3. Cells: precision 4/6, recall 1, F1 4/5.
    expect(pollockScore(clean, clean.slice(0, 2))).toBeCloseTo(1 + 3 + 1 / 2 + 1 + 2 / 3 + 4 / 6 + 1 + 4 / 5);
  });

  it('is read with no options better than by any reader published, on tables of our own', async () => {
    const { simple, weighted } = overall(await scoreMade(connection, scratch, 'own', STEP));
    expect(simple).toBeGreaterThan(9.96);
    expect(weighted).toBeGreaterThan(9.6);
  });

  it.skipIf(!hasPollock)('and on its own files', async () => {
    const files = await scoreFolder(connection, scratch);
    expect(files.size).toBe(46);
    const made = await scoreMade(connection, scratch, 'benchmark', STEP);
    for (const scores of [files, new Map([...made, ...files])]) {
      const { simple, weighted } = overall(scores);
      expect(simple).toBeGreaterThan(9.96);
      expect(weighted).toBeGreaterThan(9.9);
    }
  });
});
