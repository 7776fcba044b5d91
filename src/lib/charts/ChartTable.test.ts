import { tableFromIPC, tableToIPC } from 'apache-arrow';
import { expect, it } from 'vitest';
import { transport } from '../../hooks.ts';
import { ChartTable } from './ChartTable.ts';
import { rowsOf } from './rows.ts';
import { tableOf } from './tableOf.ts';

const columns = { name: 'text', amount: 'number', open: 'flag' } as const;
const rows = [
  { name: 'Łódź <b>', amount: 1.25, open: true },
  { name: '', amount: null, open: false },
];

it('carries rows through load unchanged', () => {
  const sent = new ChartTable(tableToIPC(tableOf(columns, rows), 'stream'));
  const text = transport.ChartTable!.encode(sent) as string;
  const received = transport.ChartTable!.decode(text) as ChartTable;
  expect(rowsOf(columns, tableFromIPC(received.ipc))).toEqual(rows);
});

it('keeps the columns of a table without rows', () => {
  const table = tableOf(columns, []);
  expect(table.schema.fields.map(({ name }) => name)).toEqual(['name', 'amount', 'open']);
  expect(rowsOf(columns, table)).toEqual([]);
});

it('leaves everything else to others', () => {
  for (const value of [null, 'text', new Uint8Array(3), {}])
    expect(transport.ChartTable!.encode(value)).toBe(false);
});
