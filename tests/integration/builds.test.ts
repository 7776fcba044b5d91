import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../src/cli/prepare.js';
import { everything, type Scope } from '../../src/lib/access/scope.ts';
import { keptBuilds, type KeptBuild } from '../../src/lib/records/data/builds.ts';
import { changedFiles, changedSettings } from '../../src/lib/records/data/changes/around.ts';
import { comparedBuilds, type Compared } from '../../src/lib/records/data/changes/compared.ts';
import { changedDeals, changeRows } from '../../src/lib/records/data/changes/deals.ts';
import { causeSums, countsOf, quarterSums } from '../../src/lib/records/data/changes/sums.ts';
import { holdfast } from '../demoWarehouse.ts';

type Cells = Record<string, string | number>;

const home = mkdtempSync(join(tmpdir(), 'holdfast-builds-'));
const out = join(home, 'company.duckdb');
const folderOf = (name: string) => join(home, name);

const csv = (rows: Cells[]) =>
  [Object.keys(rows[0]!), ...rows.map((row) => Object.values(row))]
    .map((cells) => cells.join(','))
    .join('\n') + '\n';

const deals = Array.from({ length: 60 }, (_, at): Cells => ({
  deal_id: `D${at}`,
  name: `Deal ${at}`,
  account_id: `A${at % 7}`,
  owner_id: `P${at % 3}`,
  stage: at % 4 === 3 ? 'Lost' : 'Won',
  is_closed: 'true',
  is_won: String(at % 4 !== 3),
  created_on: '2025-01-05',
  closed_on: `2025-${String((at % 12) + 1).padStart(2, '0')}-11`,
  currency: at % 5 === 0 ? 'EUR' : 'USD',
}));

const lines = deals.flatMap(({ deal_id }, at) =>
  Array.from({ length: (at % 3) + 1 }, (_, part): Cells => ({
    deal_line_id: `${deal_id}-${part}`,
    deal_id: deal_id!,
    quantity: (at % 4) + 1,
    unit_list: 100 + at + part / 4,
    net_amount: (((at % 4) + 1) * (100 + at + part / 4) * (0.7 + (at % 4) / 10)).toFixed(2),
  })),
);

function write(name: string, deal: Cells[], line: Cells[], rate: number, settings: string): void {
  const folder = folderOf(name);
  mkdirSync(folder);
  writeFileSync(join(folder, 'deal.csv'), csv(deal));
  writeFileSync(join(folder, 'deal_line.csv'), csv(line));
  writeFileSync(
    join(folder, 'fx_rate.csv'),
    csv([{ currency: 'EUR', rate_set: 'plan', rate_to_base: rate }]),
  );
  writeFileSync(
    join(folder, 'account.csv'),
    csv(Array.from({ length: 7 }, (_, at) => ({ account_id: `A${at}`, name: `Customer ${at}` }))),
  );
  writeFileSync(join(folder, 'holdfast.yaml'), settings);
}

const changed = (rows: Cells[], key: string, changes: Record<string, Cells>) =>
  rows.map((row) => ({ ...row, ...changes[String(row[key])] }));

/** Both exports as they would be compared by hand: what each won deal comes to in each, from the files alone. */
async function byHand(): Promise<
  Map<string, { quarter: string; list: number; net: number; discount: number }[]>
> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const side = (name: string) => `
    select '${name}' as side, deal.deal_id, concat(year(closed_on), '-Q', quarter(closed_on)) as quarter,
      sum(round(quantity * unit_list * rate, 4)) as list, sum(round(net_amount * rate, 4)) as net,
      sum(round(greatest(quantity * unit_list - net_amount, 0) * rate, 4)) as discount
    from read_csv('${folderOf(name)}/deal.csv') deal
    join (select deal_line_id, deal_id, quantity, unit_list::decimal(18, 4) as unit_list, net_amount::decimal(18, 4) as net_amount
      from read_csv('${folderOf(name)}/deal_line.csv')) line using (deal_id),
      (select rate_to_base::decimal(18, 8) as eur from read_csv('${folderOf(name)}/fx_rate.csv')),
      (select case when deal.currency = 'EUR' then eur else 1 end as rate)
    where is_won group by all`;
  const found = await connection.runAndReadAll(`${side('first')} union all ${side('second')}`);
  const sums = new Map<string, { quarter: string; list: number; net: number; discount: number }[]>();
  for (const row of found.getRowObjectsJson() as Record<string, string>[]) {
    const sign = row.side === 'first' ? -1 : 1;
    const one = {
      quarter: row.quarter!,
      list: sign * Number(row.list),
      net: sign * Number(row.net),
      discount: sign * Number(row.discount),
    };
    sums.set(row.deal_id!, [...(sums.get(row.deal_id!) ?? []), one]);
  }
  connection.closeSync();
  instance.closeSync();
  return sums;
}

const rounded = (value: number) => Math.round(value * 1e4) / 1e4 + 0;
const total = (rows: number[]) => rounded(rows.reduce((sum, one) => sum + one, 0));

const figures = (by: string) =>
  holdfast(
    'query',
    '--measures',
    'deals,list_amount,net_amount,discount',
    '--by',
    by,
    '--out',
    out,
    '--format',
    'csv',
  );

const told = () => Promise.all(['deal_id', 'fiscal_quarter,rep_name'].map(figures));

let builds: KeptBuild[];
/** Every figure as the first build told it. */
let firstTold: string[];
let compared: Compared;
beforeAll(async () => {
  write('first', deals, lines, 1.1, 'currency: USD\n');
  const later = changed(deals, 'deal_id', {
    D2: { is_won: 'false', stage: 'Lost' },
    D3: { is_won: 'true', stage: 'Won' },
    D4: { closed_on: '2025-12-24' },
    D10: { closed_on: '2026-02-03' },
    D6: { owner_id: 'P2' },
    D7: { stage: 'Lost for good' },
  }).filter(({ deal_id }) => deal_id !== 'D8');
  later.push({ ...deals[12]!, deal_id: 'DX', name: 'Late' });
  const laterLines = changed(lines, 'deal_line_id', {
    'D12-0': { net_amount: '1.00' },
    'D20-1': { net_amount: '55.55' },
    'D13-0': { unit_list: 500 },
    'D14-2': { quantity: 9, unit_list: 7.5 },
    'D4-0': { net_amount: '33.33' },
    'D25-0': { unit_list: 90, net_amount: '80.00' },
  }).filter(({ deal_id, deal_line_id }) => deal_id !== 'D8' && deal_line_id !== 'D16-1');
  laterLines.push({ ...lines[3]!, deal_line_id: 'DX-0', deal_id: 'DX' });
  laterLines.push({ ...lines[5]!, deal_line_id: 'D17-9', deal_id: 'D17' });
  write('second', later, laterLines, 1.2345, 'currency: USD\nminimum_effect: { win_rate: 4 }\n');
  await holdfast('load', folderOf('first'), '--out', out, '--exported-at', '2026-01-31');
  firstTold = await told();
  await holdfast('load', folderOf('second'), '--out', out, '--exported-at', '2026-03-31', '--from-scratch');
  builds = await keptBuilds(out, everything);
  compared = await comparedBuilds(builds[1]!, builds[0]!, everything);
});
afterAll(() => {
  compared?.two.close();
  rmSync(home, { recursive: true, force: true });
});

describe('what changed between two builds', () => {
  it('is, by deal and by quarter, what comparing the exports by hand gives', async () => {
    const hand = await byHand();
    const rows = await changeRows(compared, { cause: null, quarter: null }, everything);
    const names = { list: 'list_amount', net: 'net_amount', discount: 'discount' } as const;
    for (const [mine, theirs] of Object.entries(names) as ['list', 'list_amount'][]) {
      for (const id of new Set([...hand.keys(), ...rows.map(({ deal_id }) => deal_id)]))
        expect([
          id,
          mine,
          total(rows.filter(({ deal_id }) => deal_id === id).map((row) => row[theirs])),
        ]).toEqual([id, mine, total((hand.get(id) ?? []).map((one) => one[mine]))]);
      for (const { fiscal_quarter, is_total, ...sums } of await quarterSums(compared, everything)) {
        const here = [...hand.values()]
          .flat()
          .filter(({ quarter }) => is_total || quarter === fiscal_quarter);
        const expected = total(here.map((one) => one[mine]));
        expect([fiscal_quarter, rounded(sums[`change_${theirs}`])]).toEqual([fiscal_quarter, expected]);
        expect(rounded(sums[`after_${theirs}`] - sums[`before_${theirs}`])).toBe(expected);
        expect(sums.adds_up).toBe(true);
      }
    }
  });

  it('has the cause that each change was made by', async () => {
    const rows = await changeRows(compared, { cause: null, quarter: null }, everything);
    const causes = (id: string) =>
      [...new Set(rows.filter((row) => row.deal_id === id).map(({ cause }) => cause))].sort();
    expect(
      Object.fromEntries(
        ['D2', 'D3', 'D4', 'D5', 'D8', 'D10', 'D12', 'D13', 'D14', 'D16', 'D17', 'D20', 'D25', 'DX'].map(
          (id) => [id, causes(id)],
        ),
      ),
    ).toEqual({
      ...{
        D2: ['no_longer_won'],
        D3: ['won_since'],
        D4: ['close_date', 'edited'],
        D5: ['rates'],
        D8: ['went'],
      },
      ...{ D10: ['close_date', 'rates'], D12: ['edited'], D13: ['list_price'], D14: ['edited'] },
      ...{
        D16: ['line_went'],
        D17: ['line_came'],
        D20: ['edited', 'rates'],
        D25: ['edited', 'list_price', 'rates'],
        DX: ['came'],
      },
    });
    const sums = await causeSums(compared, everything);
    const [total_] = (await quarterSums(compared, everything)).filter(({ is_total }) => is_total);
    expect(total(sums.map(({ net_amount }) => net_amount))).toBe(rounded(total_!.change_net_amount));
    expect(sums.find(({ cause }) => cause === 'came')).toMatchObject({
      source_file: 'deal.csv',
      file_was: 'exported again',
    });
  });

  it('lists deals that differ without moving a sum, and what came and went', async () => {
    const { rows } = await changedDeals(compared, { cause: 'none', quarter: null }, 1, everything);
    expect(rows.map(({ deal_id }) => deal_id).sort()).toEqual(expect.arrayContaining(['D6', 'D7']));
    expect(rows.find(({ deal_id }) => deal_id === 'D6')).toMatchObject({
      before_rep_name: 'P0',
      after_rep_name: 'P2',
    });
    const moved = await changedDeals(compared, { cause: 'close_date', quarter: '2026-Q1' }, 1, everything);
    expect(moved.rows.map(({ deal_id }) => deal_id)).toEqual(['D10']);
    expect(await countsOf(compared, everything)).toMatchObject([
      { what: 'deals', before: 60, after: 60, came: 1, went: 1 },
      { what: 'lines', came: 2, went: lines.filter(({ deal_id }) => deal_id === 'D8').length + 1 },
      { what: 'customers', before: 7, after: 7, came: 0, went: 0, changed: 0 },
    ]);
    expect((await changedSettings(compared, everything)).map(({ setting }) => setting)).toEqual([
      'minimumEffect',
    ]);
    const files = await changedFiles(compared, everything);
    expect(files.map(({ path, what }) => `${path} ${what}`)).toContain('fx_rate.csv exported again');
  });

  it('is for readers of everything, and for two builds', async () => {
    const narrowed: Scope = { kind: 'people', ids: ['P0'] };
    await expect(comparedBuilds(builds[1]!, builds[0]!, narrowed)).rejects.toThrow(
      'readers who see every deal',
    );
    await expect(keptBuilds(out, narrowed)).rejects.toThrow('readers who see every deal');
    await expect(comparedBuilds(builds[0]!, builds[0]!, everything)).rejects.toThrow('with another one');
  });
});

describe('going back in the browser', () => {
  const ask = async (to: string, origin: string, scope: Scope = everything) => {
    process.env.HOLDFAST_WAREHOUSE = out;
    process.env.HOLDFAST_COMMAND = join(root, 'src/cli/holdfast.js');
    const { actions } = await import('../../src/routes/data/back/+page.server.ts');
    const url = new URL('http://127.0.0.1:4173/data/back');
    const body = new URLSearchParams({ to });
    const request = new Request(url, { method: 'POST', body, headers: { origin } });
    const event = { request, url, locals: { scope } } as unknown as Parameters<
      NonNullable<typeof actions.default>
    >[0];
    try {
      return await actions.default!(event);
    } catch (thrown) {
      return { status: (thrown as { status?: number }).status };
    }
  };
  const own = 'http://127.0.0.1:4173';
  const publishedNow = async () =>
    (await keptBuilds(out, everything)).find(({ isPublished }) => isPublished)!.build_id;

  it('is refused to other sites, to readers of less, and for what is not kept', async () => {
    const [after, before] = builds.map(({ build_id }) => build_id);
    expect(await ask(before!, 'http://elsewhere.example')).toEqual({ status: 403 });
    expect(await ask(before!, own, { kind: 'people', ids: ['P0'] })).toEqual({ status: 403 });
    expect(await ask('x', own)).toEqual({ status: 400 });
    expect(await publishedNow()).toBe(after);
  });

  it('brings back every figure, and forward again', async () => {
    const [after, before] = builds.map(({ build_id }) => build_id);
    const later = await told();
    expect(later).not.toEqual(firstTold);
    expect(await ask(before!, own)).toEqual({ status: 303 });
    expect(await publishedNow()).toBe(before);
    expect(await told()).toEqual(firstTold);
    expect(await ask(after!, own)).toEqual({ status: 303 });
    expect(await told()).toEqual(later);
    expect((await keptBuilds(out, everything)).map(({ build_id }) => build_id)).toEqual([after, before]);
  });
});
