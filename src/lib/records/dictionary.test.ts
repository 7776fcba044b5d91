import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everything } from '../access/scope.ts';
import { describeMetrics } from '../metrics/catalog.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { dictionary } from './dictionary.ts';
import { deals, openCompany, sumsOf } from '../../../tests/smallCompany.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  ({ warehouse } = await openCompany());
});
afterAll(() => warehouse?.close());

describe('the dictionary', () => {
  it('has every measure and dimension there is', async () => {
    const entries = await dictionary(warehouse, '', everything);
    expect(entries.map(({ id, kind }) => kind + id)).toEqual(
      describeMetrics().map(({ id, kind }) => kind + id),
    );
  });

  it('says what each comes to here', async () => {
    const entries = new Map((await dictionary(warehouse, '', everything)).map((entry) => [entry.id, entry]));
    const won = deals.filter(({ is_won }) => is_won);
    expect(entries.get('discount')!.value).toBe(sumsOf(won.flatMap(({ lines }) => lines)).discount);
    expect(entries.get('deals')!.value).toBe(won.length);
    expect(entries.get('quota')!.value).toBeNull();
    const segmented = deals.filter(({ account_id }) => account_id !== 'A4').length;
    expect(entries.get('segment')!.coverage).toBeCloseTo(segmented / deals.length, 12);
    expect(entries.get('channel')!.coverage).toBe(0);
  });

  it('finds by id, label and definition', async () => {
    const found = (await dictionary(warehouse, ' Ratio of SUMS ', everything)).map(({ id }) => id);
    expect(found).toContain('discount_rate');
    expect(await dictionary(warehouse, 'no such words', everything)).toEqual([]);
  });
});
