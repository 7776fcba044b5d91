import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { BadRequest } from '../../metrics/badRequest.ts';
import type { Asking } from '../../asking/asking.ts';
import { longEnough, sideOf } from './halves.ts';
import { recoverableChoice } from './recoverableChoice.ts';

const asked = (from: string | null, to: string | null, period: string | null): Asking =>
  ({
    period,
    span: period === null ? null : { from, to, period },
    compare: 'previous',
    before: null,
  }) as Asking;

describe('the time in which what lasts is looked for', () => {
  it('is what is asked for where that is two years or more', () => {
    expect(longEnough(asked(null, null, null)).period).toBeNull();
    expect(longEnough(asked('2024-02-01', '2026-02-01', 'two years')).period).toBe('two years');
  });
  it('is three years to its end where it is less', () => {
    expect(longEnough(asked('2026-08-01', '2026-11-01', '2027-Q3')).period).toBe('2023-11-01..2026-10-31');
    expect(longEnough(asked('2024-02-01', '2024-02-29', 'x')).period).toBe('2021-02-28..2024-02-28');
  });
  it('has half-years in turn on its two sides', async () => {
    const connection = await (await DuckDBInstance.create()).connect();
    const quarters = ['2025-Q1', '2025-Q2', '2025-Q3', '2025-Q4', '2026-Q1', '2026-Q4'];
    const reader = await connection.runAndReadAll(
      `select ${sideOf('quarter')} from unnest([${quarters.map((one) => `'${one}'`).join(', ')}]) as told(quarter)`,
    );
    expect(reader.getRows().flat()).toEqual([0, 0, 1, 1, 0, 1]);
    connection.closeSync();
  });
});

describe('what the reader supposes', () => {
  it('is ours where the address says nothing', () => {
    expect(recoverableChoice(new URLSearchParams())).toEqual({ percentile: 50, lost: [0, 0.1, 0.25] });
  });
  it('comes from the address, in order and once each', () => {
    const choice = recoverableChoice(new URLSearchParams('percentile=75&lost=20&lost=5,20'));
    expect(choice).toEqual({ percentile: 75, lost: [0.05, 0.2] });
  });
  it.each(['percentile=100', 'percentile=x', 'lost=-1', 'lost=', 'lost=101'])('refuses %s', (text) => {
    expect(() => recoverableChoice(new URLSearchParams(text))).toThrow(BadRequest);
  });
});
