import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeDemoCompany } from '../../pipeline/demo/company.ts';
import { fingerprints, load, madeAnew, using } from './madeAnew.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-goes-on-'));
const company = join(folder, 'company');
const out = join(folder, 'goes-on.duckdb');

/** Writes one file of the company changed into a folder of its own, beside its settings. */
function changed(file: string, change: (lines: string[]) => string[]): string {
  const changes = mkdtempSync(join(folder, 'change-'));
  mkdirSync(join(changes, file, '..'), { recursive: true });
  copyFileSync(join(company, 'holdfast.yaml'), join(changes, 'holdfast.yaml'));
  const lines = readFileSync(join(company, file), 'utf8').trimEnd().split('\n');
  writeFileSync(join(changes, file), `${change(lines).join('\n')}\n`);
  return changes;
}

const withoutThird = (lines: string[]) => lines.filter((_, index) => index !== 3);

const cell = (lines: string[], line: number, column: string) =>
  lines[line]!.split(',')[lines[0]!.split(',').indexOf(column)]!;

/** A file with one other cell. */
const corrected = (line: number, column: string, to: (lines: string[]) => string) => (lines: string[]) => {
  const at = lines[0]!.split(',').indexOf(column);
  return lines.with(line, lines[line]!.split(',').with(at, to(lines)).join(','));
};

describe('a load that goes on from the published build', () => {
  beforeAll(async () => {
    await writeDemoCompany({ deals: 150, to: company });
    await load([company], out);
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('reads and makes nothing where nothing changed', async () => {
    const before = await fingerprints(out);
    const { files, made } = await load([company], out);
    expect(files.every(({ known }) => known)).toBe(true);
    expect(made).not.toContain('marts.fact_deal');
    expect(made).not.toContain('marts.fact_quota');
    expect(await fingerprints(out)).toEqual(before);
  });

  it.each([
    ['tables/quota_2026-11-16.csv', 'marts.fact_quota', 'core.line_at_close'],
    ['stripe/invoice_line_items_2026-11-16.csv', 'marts.fact_invoice_line', 'core.line_at_close'],
    ['tables/coaching_session_2026-11-16.csv', 'marts.fact_rep_month', 'marts.fact_deal'],
    ['salesforce/User_2026-11-16.csv', 'core.line_at_close', 'marts.fact_invoice_line'],
    ['salesforce/Account_2026-11-16.csv', 'core.line_at_close', 'marts.fact_quota'],
    ['salesforce/OpportunityLineItem_2026-11-16.csv', 'core.line_at_close', 'marts.fact_quota'],
    ['salesforce/Opportunity_2026-11-16.csv', 'marts.fact_deal', 'marts.fact_expense'],
  ])('is as one that makes everything anew after a row was taken off %s', async (file, makes, keeps) => {
    const { made } = await load([changed(file, withoutThird)], out);
    expect(made.map((step) => step.replace(/^some of /, ''))).toContain(makes);
    if (file.startsWith('tables/')) expect(made).not.toContain(keeps);
    const gone = await fingerprints(out);
    expect(gone).toEqual(await madeAnew(out));
  });

  const lines = 'salesforce/OpportunityLineItem_2026-11-16.csv';
  const deals = 'salesforce/Opportunity_2026-11-16.csv';

  it.each([
    [lines, 'a line was taken off, and those below it moved up', withoutThird],
    [
      lines,
      'amount, deal and product of lines were corrected',
      (rows: string[]) =>
        [
          corrected(7, 'TotalPrice', () => '123.45'),
          corrected(9, 'OpportunityId', () => cell(rows, 40, 'OpportunityId')),
          corrected(5, 'Product2Id', () => cell(rows, 8, 'Product2Id')),
        ].reduce((so, correct) => correct(so), rows),
    ],
    [deals, 'a deal was taken off, and those below it moved up', withoutThird],
    [
      deals,
      'day, customer and owner of a deal were corrected',
      (rows: string[]) =>
        ['CloseDate', 'AccountId', 'OwnerId'].reduce(
          (so, column) => corrected(4, column, () => cell(rows, 60, column))(so),
          rows,
        ),
    ],
  ])('makes anew in %s the rows of those customers alone for whom %s', async (file, _, change) => {
    await load([company], out);
    const { made } = await load([changed(file, change)], out);
    expect(made).toContain('some of core.line_at_close');
    expect(made).not.toContain('core.line_at_close');
    expect(made).not.toContain('marts.fact_deal');
    const gone = await fingerprints(out);
    expect(gone).toEqual(await madeAnew(out));
  });

  it('lets a corrected export take the place of the one it corrects', async () => {
    const quotas = () =>
      using(out, async (connection) => {
        const reader = await connection.runAndReadAll(
          `select count(*)::integer, sum(amount)::varchar from core.quota`,
        );
        return reader.getRows()[0];
      });
    const file = 'tables/quota_2026-11-16.csv';
    const column = readFileSync(join(company, file), 'utf8').split('\n')[0]!.split(',').indexOf('amount');
    const twoAt = (amount: string) =>
      changed(file, (lines) =>
        lines.slice(0, 3).map((line, row) => {
          const cells = line.split(',');
          return row === 0 ? line : cells.with(column, amount).join(',');
        }),
      );
    // The last puts back what stood there at first.
    for (const amount of ['100.00', '300.50', '200.25', '100.00']) {
      await load([twoAt(amount)], out);
      expect(await quotas()).toEqual([2, (2 * Number(amount)).toFixed(4)]);
    }
  });
});
