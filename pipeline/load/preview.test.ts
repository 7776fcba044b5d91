import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { inspect } from '../inspect.ts';

const folder = mkdtempSync(join(tmpdir(), 'preview-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

const sold = `No,Rep,Stage,Signed,Value
1,Ann,Won,2026-05-04,10.5
2,Bob,Open,2026-05-05,a lot
3,Ann,Lost,2026-05-06,7
`;

it('shows rows as they would be loaded, and those that would not be with the cell at fault', async () => {
  const path = file('sold.csv', sold);
  const config = file(
    'holdfast.yaml',
    `files:
  - path: sold.csv
    table: deal
    where: "Stage <> 'Lost'"
    columns: { deal_id: No, closed_on: Signed, amount: Value, is_won: { sql: "Stage = 'Won'" } }`,
  );
  const told: string[] = [];
  const [found] = await inspect([path], config, { preview: 10, onFile: ({ path: name }) => told.push(name) });
  expect(told).toEqual(['sold.csv']);
  const [table] = found!.preview!.tables;
  expect(table).toMatchObject({ table: 'deal', rows_rejected: 1, rows_set_aside: 1 });
  expect(table!.columns.map(({ target }) => target)).toEqual(['deal_id', 'closed_on', 'amount', 'is_won']);
  expect(table!.rows.map(({ line, cells, problem }) => [line, cells[2], cells[3], problem])).toEqual([
    [2, '10.5000', 'true', null],
    [3, null, 'false', expect.stringMatching(/amount is not a number/)],
    [4, '7.0000', 'false', expect.stringMatching(/filtered by the mapping/)],
  ]);
  expect(table!.rejected).toMatchObject([{ line: 3, at: 'Value', cell: 'a lot' }]);
  expect(found!.preview!.columns[2]).toEqual({
    header: 'Stage',
    cells: ['Won', 'Open', 'Lost'],
    values: ['Lost', 'Open', 'Won'],
  });
});

it('proposes what a file nobody knows might be, with its outcomes told by its words', async () => {
  const path = file(
    'pipeline.csv',
    sold.replace('No,Rep,Stage,Signed,Value', 'Deal,Sales Rep,Deal Stage,Close Date,Value'),
  );
  const beside = file('others.csv', 'a,b\n1,2\n');
  const [found, ...others] = await inspect([path, beside], undefined, { preview: 1, only: ['pipeline.csv'] });
  expect(others).toEqual([]);
  expect(found).toMatchObject({ recognised_as: null, is_question: false });
  expect(found!.preview!.proposals[0]).toEqual({
    recognised_as: null,
    entries: [
      {
        path: 'pipeline.csv',
        table: 'deal',
        columns: {
          deal_id: 'Deal',
          owner_id: 'Sales Rep',
          stage: 'Deal Stage',
          closed_on: 'Close Date',
          amount: 'Value',
          is_closed: { sql: `"Deal Stage" in ('Lost', 'Won')` },
          is_won: { sql: `"Deal Stage" in ('Won')` },
        },
      },
    ],
  });
});
