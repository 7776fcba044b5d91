import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { inspect } from '../inspect.ts';

const folder = mkdtempSync(join(tmpdir(), 'inspect-file-'));
afterAll(() => rmSync(folder, { recursive: true }));

const deals = `deal_id;name;closed_on;amount;probability;
d1;Total Wine;04.05.2026;1.234,50 €;100 %;
d2;"Second; with";31.12.26;$ 99,00;100 %;
d3;Third;n/a;(12,00 €);10 %;
deal_id;name;closed_on;amount;probability;
d4;Fourth;irgendwann;12,00;10 %;
Summe;;;1.333,50 €;;
`;

describe('what inspect shows of a file', () => {
  it('is how each column is written, why, a cell and what it becomes, and what is set aside', async () => {
    writeFileSync(join(folder, 'deal.csv'), deals);
    const [found] = await inspect([join(folder, 'deal.csv')]);
    expect(
      found!.columns.map(({ target, style, evidence, example, becomes }) => [
        target,
        style,
        evidence,
        example,
        becomes,
      ]),
    ).toEqual([
      ['deal_id', 'text', null, 'd1', 'd1'],
      ['name', 'text', null, 'Total Wine', 'Total Wine'],
      ['probability', 'decimal point', 'no cell has a mark that could be read otherwise', '100 %', '100'],
      [
        'closed_on',
        'day, month, year',
        '1 cell can only be read so (31.12.26); years of two digits: 00–68 are 2000–2068, 69–99 are 1969–1999',
        '04.05.2026',
        '2026-05-04',
      ],
      ['amount', 'decimal comma', '4 cells can only be read so ($ 99,00)', '1.234,50 €', '1234.5'],
      ['currency', 'currency code', '$ is USD, the reporting currency; € is EUR', 'EUR', 'EUR'],
    ]);
    expect(found!.set_aside.map(({ line, reason }) => [line, reason])).toEqual([
      [5, 'Repeats the header.'],
      [7, 'A totals row, not a record.'],
    ]);
    expect(found!.oddities).toEqual(['Column 6 has no name in the header.']);
    expect(found!.unlocks).toEqual([expect.objectContaining({ table: 'deal', rows_rejected: 1 })]);
    expect(found!.missing.map(({ column }) => column)).not.toContain('currency');
  });
});
