import { expect, it } from 'vitest';
import { crossFitted } from './crossFitted.ts';
import { againstRest } from './leaveOut.ts';
import { cellsOf, madeDeals, madeFactors } from './mixDeals.fixture.ts';
import { randomFrom } from './random.ts';

const cells = cellsOf(madeDeals({ units: 8, deals: [15, 40], outcome: 'discount' }, randomFrom(5)));

it('expects of a unit what the model of everyone else says, as the benchmark of units does', () => {
  const [expected] = crossFitted(cells, madeFactors, [({ unit }) => unit])!;
  for (const { unit, expected: sum } of againstRest(cells, madeFactors)) {
    const own = cells.reduce(
      (total, cell, at) => total + (cell.unit === unit ? cell.weight * expected![at]!.value : 0),
      0,
    );
    expect(own / sum).toBeCloseTo(1, 9);
  }
});

it('does not let a unit’s own deals set what is expected of it', () => {
  const dear = cells.map((cell) =>
    cell.unit === 'unit 0'
      ? { ...cell, rates: cell.rates + cell.counted, outcome: cell.outcome + cell.weight }
      : cell,
  );
  const [before, after] = [cells, dear].map((of) => crossFitted(of, madeFactors, [({ unit }) => unit])![0]);
  cells.forEach(({ unit }, at) => {
    if (unit === 'unit 0') expect(after![at]!.value).toBeCloseTo(before![at]!.value, 9);
  });
  expect(after!.some(({ value }, at) => value > before![at]!.value + 0.05)).toBe(true);
});

it('is nothing without deals', () => expect(crossFitted([], madeFactors, [({ unit }) => unit])).toBeNull());
