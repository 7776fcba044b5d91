import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { inspect } from './inspect.ts';
import { mappingText } from './load/mappingText.ts';
import { rawOf } from './load/rawOf.fixture.ts';

const opportunity = `Id,StageName,CloseDate,OwnerId,Amount,Is Odd,IsDeleted
1,Closed Won,2026-05-04,u1,"1,200.50",x,false
2,Proposal,2026-05-05,u1,7,y,false
3,Closed Won,2026-05-06,u1,9,z,true
`;
const invoices = 'id,customer,currency,subtotal,total,status,period_start\ni1,c,usd,1205,0,paid,2026-05-04\n';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'inspect-'))));
afterEach(() => rmSync(folder, { recursive: true }));
const write = (name: string, text: string) => writeFileSync(join(folder, name), text);

describe('inspecting', () => {
  it('says what a file is, how each column maps, what is unused and what is missing', async () => {
    write('Opportunity.csv', opportunity);
    const [found] = await inspect([folder]);
    expect(found).toMatchObject({ recognised_as: 'Salesforce Opportunity', rows: 3, unused: ['Is Odd'] });
    const by = Object.fromEntries(found!.columns.map((column) => [column.target, column]));
    expect(by.amount).toMatchObject({
      source: 'Amount',
      target: 'amount',
      table: 'deal',
      how: 'by header',
      style: 'decimal point',
    });
    expect(by.is_won).toMatchObject({
      how: 'computed',
      source: `stage is 'Closed Won', or forecast category is Closed`,
    });
    expect(found!.missing).toContainEqual({
      ...{ table: 'deal', column: 'account_id', means: 'the customer', header: 'AccountId' },
      costs: 'discounts by customer, segment, industry and country',
    });
    expect(found!.missing.map((column) => column.column)).not.toContain('amount');
    expect(readdirSync(folder)).toEqual(['Opportunity.csv']);
  });

  it('asks what it cannot tell, and counts what would be rejected', async () => {
    write('a.csv', 'deal_id,closed_on\nx,03/04/2026\n');
    write('b.csv', 'deal_id,amount\nx,5\ny,five\n');
    write('c.csv', 'a,b\n1,2\n');
    const [a, b, c] = await inspect([folder]);
    expect(a!.unread_reason).toMatch(/Which is it\?/);
    expect(a!.recognised_as).toBe('Holdfast deal');
    expect(b!.unlocks).toMatchObject([{ table: 'deal', rows_rejected: 1 }]);
    expect(c).toMatchObject({ recognised_as: null, unused: ['a', 'b'] });
  });

  it('writes a mapping by which the same files load the same', async () => {
    const files = { 'Opportunity.csv': opportunity, 'invoices.csv': invoices };
    for (const [name, text] of Object.entries(files)) write(name, text);
    write('other "odd", x.csv', 'a,"b\n#c"\n1,2\n');
    const settings = mappingText(await inspect([folder]));
    expect(settings).toMatch(
      /^# .*\n# other "odd", x\.csv: not recognised; its columns: a, b #c\n# Nothing is like it;.*\n# {3}- path: .*\n# {5}table: deal\n/,
    );
    const [guessed, mapped] = [await rawOf(files), await rawOf(files, settings)];
    expect(mapped.files.map((file) => file.recognised_as)).toEqual(['mapping to deal', 'mapping to invoice']);
    for (const table of ['deal_row', 'invoice_row', 'rejected_row']) {
      const all = `select * from raw.${table} order by all`;
      expect(await mapped.rows(all)).toEqual(await guessed.rows(all));
    }
    expect(await mapped.rows('select source_line from raw.set_aside_row')).toEqual(
      await guessed.rows('select source_line from raw.set_aside_row'),
    );
  });

  it('gives what a file that is not recognised might be, to complete and take in', async () => {
    write(
      'pipeline.csv',
      'opportunity_id,sales_agent,product,deal_stage,close_date,close_value\nx,a,p,Won,2026-01-02,5\n',
    );
    const settings = mappingText(await inspect([folder]));
    const skeleton = settings
      .split('\n')
      .filter((line) => line.startsWith('#   '))
      .map((line) => line.slice(2));
    const [entry] = parse(skeleton.join('\n')) as { table: string; columns: Record<string, unknown> }[];
    expect(entry).toMatchObject({
      table: 'deal',
      columns: { closed_on: 'close_date', owner_id: 'sales_agent' },
    });
  });
});
