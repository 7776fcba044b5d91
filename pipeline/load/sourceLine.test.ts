import { describe, expect, it } from 'vitest';
import { rawOf } from './rawOf.fixture.ts';

describe('a file of several blocks', () => {
  it('keeps on each row the line it stood on', async () => {
    // DuckDB reads a file this long in parts, on several threads.
    const rest = 'A name as long as it takes to fill a block of the reader with rows. '.repeat(2);
    const rows = Array.from(
      { length: 150_000 },
      (_, n) => `${n + 2},${rest},Closed Won,2026-05-04,u1,1,true`,
    );
    const raw = await rawOf({
      'Opportunity.csv': `Id,Name,StageName,CloseDate,OwnerId,Amount,IsWon\n${rows.join('\n')}\n`,
    });
    expect(
      await raw.rows(
        `select count(*)::integer as rows, (count(*) filter (deal_id <> source_line::varchar))::integer as elsewhere
         from raw.deal_row`,
      ),
    ).toEqual([{ rows: 150_000, elsewhere: 0 }]);
  });

  it('keeps it where a mapping works cells out', async () => {
    const rows = Array.from({ length: 30_000 }, (_, n) => `${n + 2},${n % 3 ? 'Won' : 'Lost'},${n}`);
    const raw = await rawOf(
      { 'sold.csv': `Id,Stage,Price\n${rows.join('\n')}\n` },
      `files:
  - path: sold.csv
    table: deal
    columns: { deal_id: Id, is_won: { sql: "Stage in ('Won', 'Sold')" }, amount: { sql: "Price * 2" } }`,
    );
    expect(
      await raw.rows(
        `select count(*)::integer as rows,
           (count(*) filter (deal_id <> source_line::varchar or amount <> 2 * (source_line - 2)))::integer as elsewhere
         from raw.deal_row`,
      ),
    ).toEqual([{ rows: 30_000, elsewhere: 0 }]);
  });
});
