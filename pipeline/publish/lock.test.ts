import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { holdWarehouse } from './lock.ts';

const out = () => join(mkdtempSync(join(tmpdir(), 'holdfast-lock-')), 'w.duckdb');

describe('holding a warehouse', () => {
  it('refuses a second load while the first one runs', () => {
    const path = out();
    // The parent of this process runs as long as the test does.
    writeFileSync(`${path}.loading`, String(process.ppid));
    expect(() => holdWarehouse(path)).toThrow('Another load into w.duckdb is under way.');
  });

  it('refuses a second load of the same process, and not one whose number was used before', () => {
    const path = out();
    writeFileSync(`${path}.loading`, String(process.pid));
    const letGo = holdWarehouse(path);
    expect(() => holdWarehouse(path)).toThrow('under way');
    letGo();
    expect(() => holdWarehouse(path)()).not.toThrow();
  });

  it('takes over from a load that was killed', () => {
    const path = out();
    writeFileSync(`${path}.loading`, '99999999');
    expect(() => holdWarehouse(path)()).not.toThrow();
  });

  it('can be held again after letting go', () => {
    const path = out();
    holdWarehouse(path)();
    expect(() => holdWarehouse(path)()).not.toThrow();
  });
});
