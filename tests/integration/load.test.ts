import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { Problem } from '../../pipeline/problem.ts';
import { company, small, smallLoaded, type Company } from './company.ts';

let here: Company;
afterEach(() => here.remove());

const totals = `select count(*)::integer as lines, sum(list_amount)::double as list, sum(net_amount)::double as net,
  sum(discount)::double as discount, sum(uplift)::double as uplift from marts.fact_deal_line where is_won`;

const lines = (name: string, ...rows: string[]) => `${small[name]}${rows.map((row) => `${row}\n`).join('')}`;
const [opportunity, lineItem] = ['Opportunity_2026-06-01.csv', 'OpportunityLineItem_2026-06-01.csv'] as const;

/** Nothing was published: the file is the one before, to the byte, and nothing lies beside it. */
async function untouched(load: Promise<{ published: boolean; problems: string[] }>): Promise<string> {
  const before = readFileSync(here.out);
  const report = await load;
  expect(report.published).toBe(false);
  expect(readFileSync(here.out).equals(before)).toBe(true);
  expect(readdirSync(join(here.out, '..')).filter((name) => !name.endsWith('.builds'))).toEqual(['w.duckdb']);
  expect(report.problems.length).toBeGreaterThan(0);
  return report.problems.join('\n');
}

describe('a load', () => {
  it('publishes what the files say, each row accounted for in rows and in money', async () => {
    here = company({
      [opportunity]: lines(
        opportunity,
        'd3,Third,Closed Won,2026-05-06,bea,beta,110',
        'd4,Fourth,Closed Won,soon,bea,beta,7.50',
        ',No id,Closed Won,2026-05-06,bea,beta,1',
        'd5,Too,many,fields,here,are,too,many',
      ),
      [lineItem]: lines(lineItem, 'l1,d1,p,1,100,79.99', 'l9,d1,p,one,100,5'),
      'notes.txt': 'a;b\n1;2\n',
      'readme.md': 'not an export',
    });
    const report = await here.load();
    expect(report.published).toBe(true);
    expect(await here.rows(totals)).toEqual([
      { lines: 3, list: 300, net: 239.99, discount: 70.01, uplift: 10 },
    ]);
    const of = (path: string) => report.files.find((file) => file.path === path)!;
    expect(report.files.map((file) => file.path)).toEqual([lineItem, opportunity, 'notes.txt'].sort());
    expect(of(opportunity)).toMatchObject({
      rows_in: 7,
      rows_loaded: 3,
      rows_rejected: 3,
      rows_set_aside: 1,
    });
    expect(of(lineItem)).toMatchObject({ rows_in: 5, rows_loaded: 3, rows_rejected: 1, rows_set_aside: 1 });
    expect(of('notes.txt').unread_reason).toMatch(/No known export/);
    const money = await here.rows(
      'select money_in::double as m_in, money_loaded::double as loaded, money_rejected::double as rejected, money_set_aside::double as aside from raw.source_file_table order by money_in',
    );
    // Lines 80 + 50 + 110 + 79.99 + 5; deals 80 + 50 + 110 + 110 + 7.50 + 1.
    expect(money).toEqual([
      { m_in: 324.99, loaded: 239.99, rejected: 5, aside: 80 },
      { m_in: 358.5, loaded: 240, rejected: 8.5, aside: 110 },
    ]);
    expect(report.coverage.list_price).toBe(1);
    expect(await here.rows('select build_id from meta.build')).toEqual([{ build_id: report.build_id }]);
  });

  it('of the same files again changes nothing but the build', async () => {
    here = await smallLoaded();
    const facts = 'select * from marts.fact_deal_line order by deal_line_id';
    const before = await here.rows(facts);
    const again = await here.load();
    expect(again.files.map((file) => [file.known, file.rows_loaded])).toEqual([
      [true, 3],
      [true, 3],
    ]);
    expect(await here.rows(facts)).toEqual(before);
    expect(await here.rows('select count(*)::integer as n from raw.deal_row')).toEqual([{ n: 3 }]);
  });

  it('of the next export adds a snapshot: the latest row counts, the earlier ones stay known', async () => {
    const next = small[lineItem]!.toString().replace('l2,d2,p,1,100,50', 'l2,d2,p,1,140,60');
    const files = { 'OpportunityLineItem_2026-09-01.csv': next.replace(/l3.*\n/, '') };
    here = await smallLoaded();
    here.write({ ...files, [opportunity]: null, [lineItem]: null });
    const report = await here.load();
    expect(report.files.map((file) => file.path)).toEqual(Object.keys(files));
    // d3's line is not in the new export and stays; d2's list is still what it was when first seen.
    const [now] = await here.rows(totals);
    expect(now).toEqual({ lines: 3, list: 300, net: 250, discount: 60, uplift: 10 });
    expect(
      await here.rows(`select count(*)::integer as n from raw.deal_line_row where deal_line_id = 'l2'`),
    ).toEqual([{ n: 2 }]);

    // In any order and grouping, the same files give the same facts.
    const other = company({ ...small, ...files });
    await other.load();
    expect(await other.rows(totals)).toEqual([now]);
    other.remove();

    await here.load({ fromScratch: true });
    expect(await here.rows('select count(*)::integer as n from raw.deal_row')).toEqual([{ n: 0 }]);
  });

  it('reads a file anew where the mapping that reads it was corrected', async () => {
    const mapping = (amount: string) =>
      `files: [{ path: sales.csv, table: deal, columns: { deal_id: id, amount: ${amount} } }]`;
    here = company({ 'sales.csv': 'id,gross,net\nx,119,100\n', 'holdfast.yaml': mapping('gross') });
    await here.load();
    expect(await here.rows('select net_amount from marts.fact_deal_line')).toEqual([
      { net_amount: '119.0000' },
    ]);
    here.write({ 'holdfast.yaml': mapping('net') });
    const report = await here.load();
    expect(report.files[0]).toMatchObject({ known: false, rows_loaded: 1 });
    expect(await here.rows('select net_amount from marts.fact_deal_line')).toEqual([
      { net_amount: '100.0000' },
    ]);
  });

  it('puts a deal closed at 23:30 on the last day of a quarter into that quarter', async () => {
    here = company({
      'holdfast.yaml': 'time_zone: America/New_York\nfiscal_year_start: 2',
      // 23:30 in New York on 30 April is 03:30 in Greenwich on 1 May; half an hour later it is May there too.
      'deal.csv': `deal_id,closed_on,amount,is_won
late,2026-05-01T03:30:00Z,1,true
later,2026-05-01T04:30:00Z,2,true
`,
    });
    await here.load();
    expect(
      await here.rows('select deal_id, closed_on, fiscal_quarter from marts.fact_deal_line order by deal_id'),
    ).toEqual([
      { deal_id: 'late', closed_on: '2026-04-30', fiscal_quarter: '2027-Q1' },
      { deal_id: 'later', closed_on: '2026-05-01', fiscal_quarter: '2027-Q2' },
    ]);
  });

  it('takes hostile text for what it is', async () => {
    const hostile = [
      `<script>alert('x')</script>`,
      `=cmd|' /C calc'!A0`,
      `"; drop schema marts cascade; --`,
      '\u202etxt',
    ];
    const cells = hostile.map((text, index) => `d${index},"${text.replaceAll('"', '""')}",2026-05-04,5`);
    here = company({ 'deal.csv': `deal_id,name,closed_on,amount\n${cells.join('\n')}\n` });
    expect((await here.load()).published).toBe(true);
    const found = await here.rows('select deal_name from marts.fact_deal_line order by deal_id');
    expect(found.map((row) => row.deal_name)).toEqual(hostile);
  });
});

describe('nothing is published', () => {
  const ambiguous = 'deal_id,closed_on,amount\nx,03/04/2026,5\ny,05/06/2026,5\n';

  it('where a column can be read in two ways, until one setting answers', async () => {
    here = await smallLoaded();
    here.write({ 'deal.csv': ambiguous });
    expect(await untouched(here.load())).toMatch(
      /^deal.csv: Column "closed_on" can be read.*Which is it\? Set date_order/,
    );
    here.write({ 'holdfast.yaml': 'date_order: dmy' });
    expect((await here.load()).published).toBe(true);
    const days = `select closed_on from marts.fact_deal where deal_id in ('x', 'y') order by deal_id`;
    expect(await here.rows(days)).toEqual([{ closed_on: '2026-04-03' }, { closed_on: '2026-06-05' }]);
  });

  it('where no file is an export, or none has a row', async () => {
    here = await smallLoaded();
    here.write({ [opportunity]: null, [lineItem]: null, 'a.csv': 'a,b\n1,2\n', 'b.csv': '' });
    const said = await untouched(here.load());
    expect(said).toMatch(
      /^None of the 2 files could be read\.\na\.csv: No known export.*\nb\.csv: The file is empty/,
    );
    here.write({ 'a.csv': null, 'b.csv': null, 'deal.csv': 'deal_id,amount\n' });
    expect(await untouched(here.load())).toMatch(/Not one row/);
  });

  it('where a file cannot be read and the load is strict', async () => {
    here = company({ ...small, 'a.csv': 'a,b\n1,2\n' });
    await here.load();
    expect(await untouched(here.load({ strict: true }))).toMatch(/^a\.csv: No known export/);
  });

  it('where a check fails', async () => {
    here = await smallLoaded();
    const prices =
      'product_id,unit_list,valid_from,valid_to\np,100,2026-01-01,2026-07-01\np,120,2026-06-01,\n';
    here.write({ 'list_price.csv': prices });
    const said = await untouched(here.load());
    expect(said).toMatch(/^Check failed: A product has one dated list price .* 1 row breaks it/);
    expect(said).toContain('2026-06-01');
  });

  it('where the configuration is wrong, or a mapping does not fit its file', async () => {
    here = company({ ...small, 'holdfast.yaml': 'currency: USD\ndate_ordr: dmy' });
    await expect(here.load()).rejects.toThrow(/"date_ordr" is not a setting/);
    here.write({ 'holdfast.yaml': '' });
    await here.load();
    here.write({
      'holdfast.yaml': `files: [{ path: ${lineItem}, table: deal_line, columns: { deal_line_id: Ident, deal_id: OpportunityId } }]`,
    });
    expect(await untouched(here.load())).toMatch(/holdfast\.yaml:1: The mapping .* names the column "Ident"/);
  });

  it('where the disk does not let it', async () => {
    here = company(small);
    const file = join(here.folder, 'file.txt');
    writeFileSync(file, '');
    const below = here.load({ out: join(file, 'w.duckdb') });
    await expect(below).rejects.toThrow(Problem);
    await expect(below).rejects.toThrow(/can't be written here/);
    await expect(here.load({ paths: [join(here.folder, 'nowhere')] })).rejects.toThrow(Problem);
    await here.load();
    writeFileSync(here.out, 'not a warehouse');
    await expect(here.load()).rejects.toThrow(/can't be read/);
    expect(statSync(here.out).size).toBe(15);
    expect((await here.load({ fromScratch: true })).published).toBe(true);
  });

  it('by a load while another is under way, which goes on', async () => {
    here = company(small);
    const both = [here.load(), here.load()];
    await expect(both[1]).rejects.toThrow(/under way/);
    expect((await both[0])!.published).toBe(true);
    expect((await here.load()).published).toBe(true);
  });
});
