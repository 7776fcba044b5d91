import { expect, it } from 'vitest';
import { BadRequest } from '../../metrics/badRequest.ts';
import { readFindingOrder } from '../findings/findingList.ts';
import { readListOrder } from './list.ts';

it.each([readListOrder, readFindingOrder])(
  'takes columns by name alone, not what every object has',
  (read) => {
    for (const name of ['constructor', '-valueOf', 'toString', ''])
      expect(() => read(name)).toThrow(BadRequest);
    expect(read(`-${column}`)).toEqual({ column, descending: true });
  },
);
