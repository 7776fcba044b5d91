import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DuckDBInstance } from '@duckdb/node-api';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoWarehouse, holdfast } from '../../demoWarehouse.ts';
import { asArguments, ask, scratchFolder, type Answer } from './asking.ts';

const { folder, remove } = scratchFolder();
afterAll(remove);

/** Requests of every kind of the grammar; what HTTP answers, the command answers too. */
const requests = [
  'measures=discount,discount_rate,deals,win_rate',
  'measures=discount,list_amount&by=region&period=2027-Q2&compare=previous',
  'measures=net_amount,average_deal&by=rep_id,rep_name&period=2026&compare=year_ago&sort=-net_amount',
  'measures=discount&by=segment&period=2025-02-01..2026-01-31&compare=2024-02-01..2025-01-31',
  'measures=lines,discount&by=product_family,discount_kind&region!=West,East&discount_kind!=unknown',
  'measures=deals,uplift&by=fiscal_month&closed_on=2026-02-01..&region=DACH',
  'measures=deals&by=stage&closed_on=..2024-12-31&is_closed=true,false',
  'measures=deals,net_amount&by=fiscal_year&fiscal_year=2026..&partner_id=',
  'measures=discount,discount_rate_error&by=manager_id&hierarchy=today&rates=actual&period=..2026-06-30',
  'measures=discount&by=deal_id,deal_name&sort=-discount&limit=7&offset=5',
  'measures=quota,net_amount&by=rep_id&period=2027-Q1',
  'measures=billed_net,billed_discount&by=fiscal_quarter&segment=Enterprise',
  'measures=open_deals,pipeline_discount&by=fiscal_month,forecast_category&period=2026-11-16..',
];

const refused = [
  'measures=discount&by=nowhere',
  'measures=discount&region=East&sort=deals',
  'measures=quota&by=product_family',
  'measures=discount&period=2026-13-01..2026-01-01',
  'measures=discount&region=East&region=West',
];

describe('the command and HTTP', () => {
  let warehouse: string;
  let get: (search: string) => Promise<Response>;
  beforeAll(async () => {
    ({ warehouse } = await demoWarehouse());
    process.env.HOLDFAST_WAREHOUSE = warehouse;
    const { GET } = await import('../../../src/routes/api/query/+server.ts');
    get = async (search) =>
      GET({
        url: new URL(`http://127.0.0.1/api/query?${search}`),
        locals: { scope: { kind: 'everything' } },
      } as never);
  });

  test.each(requests)('answer alike: %s', async (request) => {
    const response = await get(request);
    expect(response.status).toBe(200);
    const theirs = (await response.json()) as Answer;
    const ours = await ask(warehouse, request);
    expect(theirs.rows.length).toBeGreaterThan(0);
    expect(ours).toEqual(theirs);
    if (request.includes('limit=7')) expect(theirs.rows).toHaveLength(7);
  });

  test.each(refused)('refuse alike: %s', async (request) => {
    const response = await get(request);
    expect(response.status).toBe(400);
    const { error } = (await response.json()) as { error: string };
    const complaint = await holdfast('query', ...asArguments(request), '--out', warehouse).then(
      () => ({ code: 0, stderr: '' }),
      (problem: { code: number; stderr: string }) => problem,
    );
    expect(complaint.code).toBe(2);
    expect(complaint.stderr).toContain(error);
  });

  test('give the same file', async () => {
    const request =
      'measures=discount,net_amount&by=account_id,account_name&sort=-discount&limit=20&offset=3';
    const csv = await (await get(`${request}&format=csv`)).text();
    expect(await holdfast('query', ...asArguments(request), '--out', warehouse, '--format', 'csv')).toBe(csv);
    expect(csv.trim().split('\r\n')).toHaveLength(21);
    const parquet = join(folder, 'answer.parquet');
    writeFileSync(parquet, Buffer.from(await (await get(`${request}&format=parquet`)).arrayBuffer()));
    const connection = await (
      await DuckDBInstance.create(':memory:', { temp_directory: tmpdir() })
    ).connect();
    const text = join(folder, 'answer.csv');
    writeFileSync(text, csv);
    const [[same, rows] = []] = (
      await connection.runAndReadAll(
        `select count(*) filter (p.discount = c.discount and p.net_amount = c.net_amount), count(*)
         from '${parquet}' p full join read_csv('${text}') c using (account_id)`,
      )
    ).getRows();
    expect([same, rows]).toEqual([20n, 20n]);
  });
});
