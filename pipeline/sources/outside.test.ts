import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { rawOf } from '../load/rawOf.fixture.ts';
import { createLatest } from '../models/current.ts';

const outside = '../shared/data/fivetran_seeds';
const wave = '../shared/data/salesforce_wave_demo';

/** Files of a folder by their names. */
function csvFiles(folder: string): Record<string, Buffer> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.csv'));
  return Object.fromEntries(names.map((name) => [name, readFileSync(`${folder}/${name}`)]));
}
const table = (file: Buffer) => parse(file, { columns: true }) as Record<string, string>[];

describe.skipIf(!existsSync(outside))('what a connector copies', () => {
  it('of Salesforce is loaded, set aside or named as not needed, with its money to the cent', async () => {
    const files = csvFiles(`${outside}/dbt_salesforce`);
    const raw = await rawOf(files);
    const notNeeded = [
      'contact_data',
      'contact_history_data',
      'event_data',
      'lead_data',
      'order_data',
      'task_data',
    ];
    for (const { path, recognised_as, unread_reason, rows_in, ...rows } of raw.files) {
      expect(recognised_as, path).toMatch(/^Salesforce /);
      expect(unread_reason !== null, path).toBe(notNeeded.some((name) => path === `sf_${name}.csv`));
      if (unread_reason !== null) continue;
      expect(rows_in, path).toBe(table(files[path]!).length);
      expect(rows.rows_rejected, path).toBe(0);
      expect(rows_in, path).toBe(rows.rows_loaded + rows.rows_set_aside);
    }
    // All of its opportunities are deleted.
    expect(raw.file('sf_opportunity_data.csv')).toMatchObject({ rows_loaded: 0, rows_set_aside: 10 });
    const lines = table(files['sf_opportunity_line_item_data.csv']!).filter(
      (line) => line.is_deleted !== 'true',
    );
    const sum = (amount: (line: Record<string, string>) => number) =>
      lines.reduce((total, line) => total + amount(line), 0).toFixed(4);
    expect(
      await raw.rows(
        `select count(*)::integer as lines, sum(net_amount)::decimal(18, 4) as net,
           sum(unit_list * quantity)::decimal(18, 4) as list from raw.deal_line_row`,
      ),
    ).toEqual([
      {
        lines: lines.length,
        net: sum((line) => Number(line.total_price)),
        list: sum((line) => Number(line.list_price) * Number(line.quantity)),
      },
    ]);
  });

  it('of HubSpot is loaded, set aside or named as not needed', async () => {
    const files = csvFiles(`${outside}/dbt_hubspot`);
    const raw = await rawOf(files);
    const read = {
      'HubSpot company': /^company_data/,
      'HubSpot companies of deals': /^deal_company/,
      'HubSpot contacts of deals': /^deal_contact/,
      'HubSpot deal': /^deal_data/,
      'HubSpot pipeline stage': /^deal_pipeline_stage/,
      'HubSpot history of deals': /^deal_property_history/,
      'HubSpot stages of deals': /^deal_stage/,
      'HubSpot owner': /^owner_data/,
    };
    for (const { path, recognised_as, unread_reason, rows_in, rows_rejected } of raw.files) {
      expect(recognised_as, path).toMatch(/^HubSpot /);
      const [is] = Object.entries(read).find(([, name]) => name.test(path)) ?? [];
      expect(unread_reason === null ? recognised_as : undefined, path).toBe(is);
      if (is) expect([rows_in, rows_rejected], path).toEqual([table(files[path]!).length, 0]);
    }
    const stages = table(files['deal_pipeline_stage_data.csv']!);
    expect(
      await raw.rows(
        'select count(*)::integer as stages, count(*) filter (is_won)::integer as won from raw.deal_stage_row',
      ),
    ).toEqual([
      {
        stages: new Set(stages.map((stage) => stage.stage_id)).size,
        won: new Set(stages.filter((stage) => stage.closed_won === 'TRUE').map((stage) => stage.stage_id))
          .size,
      },
    ]);
  });
});

describe.skipIf(!existsSync(wave))('what a data loader takes', () => {
  it('is the whole company without a mapping', async () => {
    const raw = await rawOf(csvFiles(wave));
    const unread = raw.files.filter((file) => file.unread_reason !== null).map((file) => file.path);
    // A copy of the quotas under the names of no export.
    expect(unread).toEqual(['Quota_dataset.csv']);
    await raw.connection.run(
      `create table meta.build as select 'UTC' as time_zone, 'USD' as currency, date '2017-09-01' as data_on`,
    );
    await createLatest(raw.connection);
    const { results } = JSON.parse(readFileSync(`${wave}/expected.json`, 'utf8')) as {
      results: Record<string, Record<string, string>[]>;
    };
    const [counts] = results.rowcounts_and_integrity!;
    const [lines] = results.line_items_vs_list!;
    const won = results.by_type_ownership_mix!;
    const total = (column: string) => won.reduce((sum, row) => sum + Number(row[column]), 0);
    expect(
      await raw.rows(
        `select
           (select count(*) from latest.deal)::varchar as opps,
           (select count(*) from latest.deal_snapshot)::varchar as history,
           (select count(*) from latest.account)::varchar as accounts,
           (select count(*) from latest.quota)::varchar as quota_rows,
           (select count(*) filter (manager_id is null) from latest.person_assignment)::varchar as no_manager,
           (select count(*) filter (is_won) from latest.deal)::integer as won,
           (select count(*) filter (is_closed and not is_won) from latest.deal)::integer as lost,
           (select sum(amount) filter (is_won)::double from latest.deal) as won_amount,
           (select sum(net_amount)::decimal(18, 2)::varchar from latest.deal_line) as net,
           (select sum(price.unit_list::decimal(18, 2) * quantity::integer)::decimal(18, 4)::varchar
             from latest.deal_line line join latest.list_price price using (product_id)) as list`,
      ),
    ).toEqual([
      {
        ...{ opps: counts!.opps, history: counts!.history, accounts: counts!.accounts },
        ...{ quota_rows: counts!.quota_rows, no_manager: counts!.users_without_manager },
        ...{ won: total('won'), lost: total('lost'), won_amount: total('won_amount') },
        ...{ net: lines!.total_price, list: lines!.list_value },
      },
    ]);
  });
});
