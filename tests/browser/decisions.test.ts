import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoWarehouse } from '../demoWarehouse.ts';
import { openHoldfast, type Holdfast } from './harness.ts';

const scratch = mkdtempSync(join(tmpdir(), 'holdfast-decisions-'));
let holdfast: Holdfast | undefined;

beforeAll(async () => {
  // A warehouse of its own: what is decided is kept beside it.
  const warehouse = join(scratch, 'company.duckdb');
  copyFileSync((await demoWarehouse()).warehouse, warehouse);
  holdfast = await openHoldfast(warehouse);
});
afterAll(async () => {
  await holdfast?.stop();
  rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
});

test('what is decided about a finding shows at once, on a list that was opened before', async () => {
  const { page, complaints } = await holdfast!.visit('/findings');
  const waits = page.getByText('counts with the next build');
  await page.reload();
  expect(await waits.count()).toBe(0);

  await page.locator('a[href*="open="]').first().click();
  await page.getByRole('radio', { name: 'accepted' }).check();
  await page.getByLabel('Who decides').fill('Ann');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.').waitFor();
  expect(new URL(page.url()).search).toBe('');
  expect(await waits.count()).toBe(1);
  expect(readdirSync(join(scratch, 'company.answers'))).toEqual([expect.stringMatching(/^finding_status_/)]);

  // Two forms are never of one id, by which sending one twice would show.
  const ids = [];
  for (let time = 0; time < 2; time++) {
    await page.locator('a[href*="open="]').nth(1).click();
    ids.push(await page.locator('input[name=submission]').inputValue());
    await page.getByRole('link', { name: 'leave it as it is' }).click();
    await page.locator('#decide').waitFor({ state: 'detached' });
  }
  expect(new Set(ids).size).toBe(2);
  expect(complaints).toEqual([]);
});
