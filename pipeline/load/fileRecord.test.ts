import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExportedAt } from './exportedAt.ts';
import { allExports, type KnownExports } from './fileRecord.ts';

const load = (times: [string, ExportedAt][]) =>
  times.reduce<KnownExports | undefined>((known, [path, at]) => allExports(known, path, at), undefined)!;

const named = (day: string): [string, ExportedAt] => [
  `Account_${day}.csv`,
  { at: `${day}T23:59:59Z`, source: 'file name' },
];
const guessed = (at: string): [string, ExportedAt] => ['a.csv', { at, source: 'modification time' }];

describe('the exports that hold the same bytes', () => {
  it('are known each, whatever the order of loads, and once however often they are loaded', () => {
    const days = ['2026-08-03', '2026-08-10', '2026-08-17'].map(named);
    const known = {
      path: 'Account_2026-08-17.csv',
      exported_at: '2026-08-17T23:59:59.000Z',
      source: 'file name',
    };
    fc.assert(
      fc.property(fc.shuffledSubarray([...days, ...days], { minLength: 6 }), (order) => {
        expect(load(order)).toEqual({
          ...known,
          also: ['2026-08-03T23:59:59.000Z', '2026-08-10T23:59:59.000Z'],
        });
      }),
    );
  });

  it('are dated by a guess only while nobody says better, and then by the earliest', () => {
    const first = guessed('2026-08-01T10:00:00.000Z');
    const copy = guessed('2026-09-01T10:00:00.000Z');
    for (const order of [
      [first, copy],
      [copy, first],
    ])
      expect(load(order)).toMatchObject({ exported_at: '2026-08-01T10:00:00.000Z', also: [] });
    for (const order of [
      [named('2026-08-03'), copy],
      [first, named('2026-08-03')],
    ])
      expect(load(order)).toMatchObject({
        exported_at: '2026-08-03T23:59:59.000Z',
        source: 'file name',
        also: [],
      });
  });

  it('are corrected where the configuration says another day of the same path', () => {
    const said = (day: string): [string, ExportedAt] => [
      'a.csv',
      { at: `${day}T23:59:59Z`, source: 'configuration' },
    ];
    expect(load([said('2026-08-30'), said('2026-08-03')])).toMatchObject({
      exported_at: '2026-08-03T23:59:59.000Z',
      also: [],
    });
  });
});
