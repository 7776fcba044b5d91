import { DataType, tableFromIPC } from 'apache-arrow';
import { expect, it } from 'vitest';
import { toArrow } from './arrow.ts';
import { hostileAnswer } from './hostile.fixture.ts';

const answer = hostileAnswer();
const table = tableFromIPC(toArrow(answer));
const values = (id: string) => [...table.getChild(id)!];

/** The reader's TextDecoder drops a byte order mark; the file holds it. */
const asRead = (value: unknown) => (typeof value === 'string' ? value.replace(/^\ufeff/, '') : value);

it('gives every value back', () => {
  for (const id of ['account_name', 'discount', 'discount_rate', 'deals', 'priced']) {
    expect(values(id)).toEqual(answer.rows.map((row) => asRead(row[id])));
  }
});

it('keeps days as days, whatever the time zone', () => {
  const days = values('closed_on').map((ms: number | null) => ms && new Date(ms).toISOString().slice(0, 10));
  expect(days).toEqual(answer.rows.map((row) => row.closed_on));
});

it('types columns by what they hold', () => {
  const type = (id: string) => table.schema.fields.find(({ name }) => name === id)!.type;
  expect(DataType.isDictionary(type('account_name'))).toBe(true);
  expect(String(type('closed_on'))).toBe('Date32<DAY>');
  expect(String(type('discount'))).toBe('Float64');
});

it('says what the columns mean and what the answer rests on', () => {
  const discount = table.schema.fields.find(({ name }) => name === 'discount')!;
  expect(Object.fromEntries(discount.metadata)).toEqual({
    label: 'Discount spend',
    kind: 'measure',
    format: 'money',
    unit: 'USD',
  });
  expect(Object.fromEntries(table.schema.metadata)).toEqual({
    build_id: answer.build_id,
    n: '412',
    coverage: '0.934',
  });
});

it('holds an answer without rows', () => {
  const empty = tableFromIPC(toArrow({ ...answer, rows: [] }));
  expect([empty.numRows, empty.numCols]).toEqual([0, answer.columns.length]);
});

it('takes a decimal that comes as text for the number it is', () => {
  const [first] = answer.rows;
  const decimals = tableFromIPC(toArrow({ ...answer, rows: [{ ...first!, discount: '-1812000.10' }] }));
  expect(decimals.getChild('discount')!.get(0)).toBe(-1812000.1);
});
