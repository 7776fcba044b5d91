import { writeFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BuildReport } from '../../../pipeline/build.ts';
import { openWarehouse, type Warehouse } from '../../../src/lib/warehouse/warehouse.ts';
import { ask, askHere, load, loadedOnce, scratchFolder, type AnswerRow } from './asking.ts';
import { expectEveryRow, mapping, outsideData } from './outsideData.ts';
import { differences, percentOf, sum, type Figures } from './reconcile.ts';

const maven = outsideData('maven_crm');
const { folder, remove } = scratchFolder();
afterAll(remove);

const amounts = 'won_deals,lost_deals,win_rate,list_amount,net_amount,discount,uplift';
const figures = {
  won: 'won_deals',
  list: 'list_amount',
  sold: 'net_amount',
  discount_below_list: 'discount',
  net_discount: (row: AnswerRow) => Number(row.discount) - Number(row.uplift),
};
const { list: _, ...withoutList } = figures;

describe.skipIf(!maven.isThere)('Maven CRM', () => {
  let out: string;
  let report: BuildReport;
  let warehouse: Warehouse;
  beforeAll(async () => {
    ({ out, report } = await loadedOnce('maven_crm'));
    warehouse = await openWarehouse(out);
  });
  afterAll(() => warehouse?.close());

  const won = (rows: AnswerRow[]) => rows.filter((row) => Number(row.won_deals) > 0);

  test('loses no row', () => {
    expectEveryRow(report, maven, ['accounts.csv', 'products.csv', 'sales_pipeline.csv', 'sales_teams.csv']);
    expect(report.files.filter((file) => file.rows_rejected + file.rows_set_aside > 0)).toEqual([]);
  });

  test('comes to the expected totals', async () => {
    const { rows, n, coverage } = await ask(out, `measures=deals,lines,discount_rate,${amounts}`);
    const [whole] = maven.expected('overall_won');
    expect({ n, coverage }).toEqual({ n: Number(whole!.won_deals), coverage: 1 });
    expect(
      differences(rows, [{ ...whole, won: whole!.won_deals }], {
        figures: {
          ...figures,
          won_deals: 'deals',
          premium_above_list: 'uplift',
          gross_pct: percentOf('discount_rate'),
        },
      }),
    ).toEqual([]);
    expect(rows[0]!.lines).toBe(rows[0]!.deals);
    expect(
      differences(rows, maven.expected('win_rate_overall'), {
        figures: { won: 'won_deals', lost: 'lost_deals', win_rate_pct: percentOf('win_rate') },
      }),
    ).toEqual([]);
  });

  test('counts the deals below, above and at list', async () => {
    const { rows } = await askHere(warehouse, 'measures=discount,uplift&by=deal_id');
    const [whole] = maven.expected('overall_won');
    const below = rows.filter((row) => Number(row.discount) > 0).length;
    const above = rows.filter((row) => Number(row.uplift) > 0).length;
    expect([below, above, rows.length - below - above].map(String)).toEqual([
      whole!.n_below,
      whole!.n_above,
      whole!.n_equal,
    ]);
  });

  test('finds the product that one file spells differently', async () => {
    const { rows } = await ask(out, `measures=${amounts}&product_name!=GTX Pro`);
    const [dropped] = maven.expected('overall_won_if_gtxpro_is_dropped_by_exact_join');
    expect(differences(rows, [{ ...dropped, won: dropped!.won_deals }], { figures })).toEqual([]);
  });

  test.each([
    ['by_agent', { sales_agent: 'rep_name' }, { manager: 'manager_name', regional_office: 'region' }],
    ['by_manager', { manager: 'manager_name' }, { regional_office: 'region', premium: 'uplift' }],
    ['by_regional_office', { regional_office: 'region' }, { premium: 'uplift' }],
    ['by_account_all', { account: 'account_name' }, {}],
    ['by_close_quarter', { q: 'fiscal_quarter' }, {}],
  ])('agrees %s', async (block, key, also: Record<string, string>) => {
    const dimensions = [...Object.values(key), ...Object.values(also).filter((id) => id !== 'uplift')];
    const request = `measures=${amounts}&by=${dimensions.join(',')}`;
    // A process of its own takes a second: a good share of the questions is asked as a person does.
    const isByCommand = ['by_agent', 'by_regional_office', 'by_close_quarter'].includes(block);
    const { rows } = await (isByCommand ? ask(out, request) : askHere(warehouse, request));
    const given = Object.keys(maven.expected(block)[0]!);
    const asked = Object.fromEntries(
      Object.entries({ ...figures, lost: 'lost_deals', win_rate_pct: percentOf('win_rate'), ...also }).filter(
        ([figure]) => given.includes(figure),
      ),
    );
    expect(differences(won(rows), maven.expected(block), { key, figures: asked })).toEqual([]);
  });

  test('agrees by product, with its price and its dearest and cheapest deal', async () => {
    const { rows } = await askHere(warehouse, `measures=${amounts}&by=product_name`);
    const deals = await askHere(warehouse, 'measures=net_amount,list_amount&by=product_name,deal_id');
    const nets = (row: AnswerRow) =>
      deals.rows
        .filter((deal) => deal.product_name === row.product_name)
        .map((deal) => Number(deal.net_amount));
    expect(
      differences(won(rows), maven.expected('by_product'), {
        key: { std_product: 'product_name' },
        figures: {
          ...figures,
          list_price: (row: AnswerRow) => Number(row.list_amount) / Number(row.won_deals),
          min_close: (row: AnswerRow) => Math.min(...nets(row)),
          max_close: (row: AnswerRow) => Math.max(...nets(row)),
        },
      }),
    ).toEqual([]);
  });

  test('agrees on the ten customers with most discount', async () => {
    const { rows } = await ask(out, `measures=${amounts}&by=account_name&sort=-discount&limit=10`);
    const expected = maven.expected('by_account_top10_by_discount_below_list');
    expect(differences(rows, expected, { key: { account: 'account_name' }, figures })).toEqual([]);
    expect(rows.map((row) => row.account_name)).toEqual(expected.map((row) => row.account));
  });

  test('agrees by sector, misspelled as it is', async () => {
    const { rows } = await askHere(warehouse, `measures=${amounts}&by=industry`);
    const key = { sector: 'industry' };
    expect(
      differences(won(rows), maven.expected('by_account_sector'), { key, figures: withoutList }),
    ).toEqual([]);
    const accounts = await warehouse.rows(
      'select industry, count(*) as n from core.account group by industry',
    );
    expect(
      differences(accounts, maven.expected('sector_values_with_typo'), { key, figures: { n: 'n' } }),
    ).toEqual([]);
  });

  test('keeps open deals, those without customer, and people who sold nothing', async () => {
    const { rows } = await askHere(warehouse, 'measures=won_deals,lost_deals,open_deals&by=stage');
    const n = (row: AnswerRow) => Number(row.won_deals) + Number(row.lost_deals) + Number(row.open_deals);
    const stages = maven.expected('rows_by_stage');
    expect(differences(rows, stages, { key: { deal_stage: 'stage' }, figures: { n } })).toEqual([]);
    const known = await askHere(warehouse, 'measures=won_deals,lost_deals,open_deals&by=stage&account_id!=');
    expect(
      differences(known.rows, stages, { key: { deal_stage: 'stage' }, figures: { with_account: n } }),
    ).toEqual([]);
    const idle = await warehouse.rows(
      `select person.name, place.manager_id, place.region
       from core.person join core.person_assignment place using (person_id)
       anti join core.deal on deal.owner_id = person.person_id`,
    );
    expect(
      differences(idle, maven.expected('agents_in_teams_without_any_opportunity'), {
        key: { sales_agent: 'name' },
        figures: { manager: 'manager_id', regional_office: 'region' },
      }),
    ).toEqual([]);
  });

  describe('the second copy', () => {
    /** Whole and by every dimension: what has to be the same whichever copy is read. */
    const everything = async (file: string): Promise<Figures[]> => {
      const other = await openWarehouse(file);
      const rows: Figures[] = [];
      for (const by of [
        '',
        'rep_id',
        'account_id',
        'product_id',
        'fiscal_month',
        'created_on,closed_on',
        'stage',
      ])
        rows.push(...(await askHere(other, `measures=open_deals,${amounts}&by=${by}`)).rows);
      other.close();
      return rows;
    };

    test('gives the same: other dates, the word null, 0 for what is not known yet', async () => {
      const copy = join(folder, 'copy.duckdb');
      const loaded = await load(copy, mapping('maven_crm_ddmmyyyy'), maven.folder);
      expectEveryRow(loaded, maven, ['sales_pipeline.ddmmyyyy_variant.csv']);
      expect(await everything(copy)).toEqual(await everything(out));
    });

    test('doubles nothing when both are loaded as one', async () => {
      const both = join(folder, 'both.duckdb');
      const config = join(folder, 'both.yaml');
      const single = readFileSync(mapping('maven_crm_ddmmyyyy'), 'utf8');
      const pattern = 'sales_pipeline*.csv';
      writeFileSync(config, single.replaceAll('sales_pipeline.ddmmyyyy_variant.csv', `'${pattern}'`));
      const loaded = await load(both, config, maven.folder);
      const copies = ['sales_pipeline.csv', 'sales_pipeline.ddmmyyyy_variant.csv'];
      expectEveryRow(loaded, maven, copies);
      expect(await everything(both)).toEqual(await everything(out));
      const { rows } = await ask(both, 'measures=deals,net_amount');
      const [whole] = maven.expected('overall_won');
      expect(rows).toEqual([{ deals: Number(whole!.won_deals), net_amount: Number(whole!.sold) }]);
      expect(sum(loaded.files.filter(({ path }) => copies.includes(path)) as never, 'rows_in')).toBe(17_600);
    });
  });
});
