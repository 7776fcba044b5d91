import { expect, it } from 'vitest';
import { BadRequest } from '../../metrics/badRequest.ts';
import { readFindingOrder } from '../findings/findingList.ts';
import { readListOrder } from './list.ts';

const readers = [
  { read: readListOrder, column: 'happened_on' },
  { read: readFindingOrder, column: 'amount' },
];

it.each(readers)('takes columns by name alone, not what every object has', ({ read, column }) => {
  for (const name of ['constructor', '-valueOf', 'toString', ''])
    expect(() => read(name)).toThrow(BadRequest);
  expect(read(`-${column}`)).toEqual({ column, descending: true });
});
