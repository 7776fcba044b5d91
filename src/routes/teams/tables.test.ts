import { expect, it } from 'vitest';
import type { MeasureBenchmark, TeamUnit } from '$lib/questions/teams/teamBenchmarks.ts';
import { teamMeasures } from '$lib/questions/teams/teamMeasures.ts';
import { rowsFor } from './tables.ts';

const limits = { low: 0.8, high: 1.2 };
const unit = (name: string, stands: boolean): TeamUnit => ({
  ...{ unit: name, name, deals: 41, weight: 1, effective: 20, error: 0.1, z: 4, ratio: 1.58 },
  ...{ observed: Math.log(157), expected: Math.log(99) },
  compared: {
    ...{
      error: 0.12,
      limits95: limits,
      limits998: limits,
      outside: '99.8%',
      p: 0.001,
      clear: stands,
      stands,
    },
    believed: { ratio: 1.08, low: 0.92, high: 1.28 },
  },
});

it('asks to act on those who may be stated, not on all outside the limits', () => {
  const measure = teamMeasures.find(({ id }) => id === 'cycle')!;
  const units = [unit('Ann', true), unit('Bea', false)];
  const found: MeasureBenchmark = {
    ...{ measure, scale: measure.scale, between: 0, deals: 82, leftOut: [], known: true, units },
  };
  const rows = rowsFor(
    [found],
    (id) => id,
    () => true,
  );
  expect(rows.map(({ key, alarm }) => [key, alarm])).toEqual([
    ['Ann', ['cycle']],
    ['Bea', []],
  ]);
});
