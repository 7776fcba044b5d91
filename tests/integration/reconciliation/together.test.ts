import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answer } from '../../../src/lib/metrics/answer.ts';
import { everything, parseRequest } from '../../../src/lib/metrics/request.ts';
import { openWarehouse, type Warehouse } from '../../../src/lib/warehouse/warehouse.ts';
import { demoWarehouse } from '../../demoWarehouse.ts';

const measures = [
  'discount,list_amount,discount_rate,deals',
  'discount,discount_rate,net_amount,win_rate,deals',
  'list_amount,discount,discount_rate_error,effective_deals,deals',
];
const groups = ['', 'region', 'rep_id,rep_name', 'rep_name,region', 'region,rep_name', 'discount_kind'];
const askings = [
  '',
  '&period=2026-Q2',
  '&period=2026-Q2&compare=previous&region=West',
  '&period=2026&is_won=',
];
const requests = measures.flatMap((ids) =>
  groups.flatMap((by) => askings.map((asking) => `measures=${ids}${by && `&by=${by}`}${asking}`)),
);

describe('questions asked at once', () => {
  let warehouse: Warehouse;
  let alone: Warehouse;
  beforeAll(async () => {
    const { warehouse: out } = await demoWarehouse();
    [warehouse, alone] = [await openWarehouse(out), await openWarehouse(out)];
  });
  afterAll(() => [warehouse, alone].forEach((each) => each?.close()));

  test('are answered as each would be alone, from fewer readings', async () => {
    let statements = 0;
    const rows = warehouse.rows.bind(warehouse);
    warehouse.rows = (...asked) => {
      statements += 1;
      return rows(...asked);
    };
    const ask = (of: Warehouse, request: string) =>
      answer(of, parseRequest(new URLSearchParams(request)), everything);
    const together = await Promise.all(requests.map((request) => ask(warehouse, request)));
    expect(statements).toBeLessThan(requests.length * 0.6);
    for (const [index, request] of requests.entries())
      expect(together[index], request).toEqual(await ask(alone, request));
  });

  test('fail one by one', async () => {
    const ask = (request: string) =>
      answer(warehouse, parseRequest(new URLSearchParams(request)), everything);
    const asked = await Promise.allSettled([
      ask('measures=quota&by=segment'),
      ask('measures=discount&by=industry'),
    ]);
    expect(asked.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  });
});
