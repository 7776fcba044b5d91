import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runInLanes } from '../../pipeline/lanes.ts';
import { prepareReading } from '../../pipeline/load/reading.ts';
import { jobsOfGoingOn } from '../../pipeline/models/goOn.ts';
import { modelsOf, type Model } from '../../pipeline/models/model.ts';
import { createReached, enterCustomers, REACHED_DEALS } from '../../pipeline/models/reached.ts';
import { arithmetic } from '../../pipeline/models/statements.ts';
import { demoWarehouse } from '../demoWarehouse.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-for-some-'));
let close = () => {};
let connection: DuckDBConnection;
const models = (['core', 'marts', 'maturity'] as const).flatMap(modelsOf);

/** A copy of the demo company's build, with what the models need beside it. */
beforeAll(async () => {
  const copy = join(folder, 'demo.duckdb');
  copyFileSync((await demoWarehouse()).warehouse, copy);
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  connection = await instance.connect();
  close = () => {
    connection.closeSync();
    instance.closeSync();
  };
  await connection.run(`attach '${copy}' as building`);
  await connection.run('use building');
  await prepareReading(connection, 'UTC');
  await connection.run(arithmetic);
  await connection.run(`attach ':memory:' as passing`);
}, 240_000);
afterAll(() => {
  close();
  rmSync(folder, { recursive: true, force: true });
});

const rows = async (sql: string) => (await connection.runAndReadAll(sql)).getRows();

/** Of each table that is made for some customers alone, a fingerprint of its rows in any order. */
async function fingerprints(tables: readonly string[]): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const table of tables)
    found[table] = String(
      await rows(`select count(*) || ' ' || coalesce(sum(hash(row::varchar)), 0) from ${table} row`),
    );
  return found;
}

/** As if settings had changed that hold for everybody: whatever is made customer by customer is made for some. */
const isToldOfAll = (table: string) => ['meta.build', 'core.account', 'core.account_role'].includes(table);

it('makes for some customers alone the very rows that making all of them makes', async () => {
  const alone = models.filter(
    ({ kind, apart, makes }) => kind === 'table' && apart && !makes.startsWith('passing.'),
  );
  const tables = alone.map(({ makes }) => makes);
  const before = await fingerprints(tables);
  for (const { kind, makes } of models) if (kind === 'view') await connection.run(`drop view ${makes}`);
  await createReached(connection);
  await connection.run(
    `insert into ${REACHED_DEALS} select deal_id from latest.deal order by hash(deal_id) limit 400`,
  );
  const nobody = await enterCustomers(connection);
  const made: string[] = [];
  const needed = models.filter(
    ({ kind, apart, makes }) => kind !== 'table' || apart || makes.startsWith('passing.'),
  );
  const { jobs } = jobsOfGoingOn({
    models: needed,
    reached: { tables: new Set(['account']), nobody },
    changeOf: (table) => (isToldOfAll(table) ? 'reached' : 'none'),
    onStep: (step) => void made.push(step),
    runOtherwise: async (_: DuckDBConnection, { name }: Model) => name === 'methods',
  });
  await runInLanes(jobs, [connection]);
  const mended = made
    .filter((step) => step.startsWith('some of '))
    .map((step) => step.replace('some of ', ''));
  expect(mended).toEqual(
    expect.arrayContaining(['core.line_at_close', 'marts.fact_deal', 'marts.fact_account_month']),
  );
  expect(await fingerprints(tables)).toEqual(before);
}, 120_000);

it('is read by nothing that changes later, where a table is made when it is first asked for', () => {
  const isUpdated = new Map(models.map(({ makes, kind }, at) => [kind === 'update' ? makes : '', at]));
  for (const [at, { name, makes, reads }] of models.entries())
    if (makes.startsWith('passing.'))
      for (const read of reads) expect(isUpdated.get(read) ?? -1, `${name} reads ${read}`).toBeLessThan(at);
});
