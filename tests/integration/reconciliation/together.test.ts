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

  const ask = (of: Warehouse, request: string) =>
    answer(of, parseRequest(new URLSearchParams(request)), everything);

  test.each([
    ['list_amount,discount,deals', 'list_amount', 'by=region'],
    [
      'discount,net_amount,list_coverage',
      'discount,list_coverage',
      'by=rep_id&period=2027-Q1&compare=previous',
    ],
    ['discount,net_amount', 'net_amount', 'by=rep_name&credit=splits&region=West'],
    ['discount,list_amount', 'discount', 'by=discount_kind&rates=actual'],
    ['net_amount,deals', 'net_amount', 'by=manager_id&hierarchy=today&period=2026'],
    ['discount,deals', 'discount', 'by=region&is_won='],
    ['forecast_commit,forecast_actual', 'forecast_actual', 'by=region&weeks_before=4'],
    ['requests,grant_rate', 'requests', 'by=approver_id'],
    ['discount,deals', 'discount', 'by=region&period=1999-01-01..1999-02-01'],
  ])('a sum of %s is the total of a table that asks for %s too: %s', async (measures, fewer, search) => {
    const statements: string[] = [];
    const rows = warehouse.rows.bind(warehouse);
    warehouse.rows = (...asked) => {
      statements.push(asked[0]);
      return rows(...asked);
    };
    const whole = search.replace(/^by=\w+&?/, '');
    const questions = [`measures=${measures}&${search}`, `measures=${fewer}&${whole}`];
    const together = await Promise.all(questions.map((question) => ask(warehouse, question)));
    warehouse.rows = rows;
    for (const [at, question] of questions.entries())
      expect(together[at]!.totals, question).toEqual((await ask(alone, question)).totals);
    const sums = `"${fewer.split(',')[0]}"`;
    const readings = statements.filter((sql) => sql.includes(sums));
    expect(readings.map((sql) => sql.includes('key0'))).toEqual([true]);
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
