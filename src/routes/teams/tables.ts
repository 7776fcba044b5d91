import { decimal } from '$lib/design/formats.ts';
import type { Column, Row } from '$lib/design/table.ts';
import type { MeasureBenchmark, TeamUnit } from '$lib/questions/teams/teamBenchmarks.ts';
import { expectedOf, notCompared, observedOf } from '$lib/statements/teams.ts';
import type { UnitKind } from '$lib/questions/teams/unitKinds.ts';

const units = { discount: 'rate', win: 'rate', cycle: 'days', bias: 'points' } as const;

/** Observed, expected and what is believed of their quotient, for each measure. */
export const columnsFor = (kind: UnitKind, found: readonly MeasureBenchmark[]): Column[] => [
  { id: 'name', label: kind.one[0]!.toUpperCase() + kind.one.slice(1) },
  ...found.flatMap(({ measure }): Column[] => [
    { id: measure.id, label: measure.label, unit: units[measure.id], phone: 'line' },
    // A forecast is held against what was won: nothing else is expected of it.
    ...(measure.norm === 'fixed'
      ? []
      : [
          {
            id: `${measure.id}_expected`,
            label: 'expected',
            unit: units[measure.id],
            phone: 'line',
          } as const,
        ]),
    {
      id: `${measure.id}_believed`,
      label: measure.norm === 'fixed' ? 'forecast ÷ won' : 'believed',
      unit: 'number',
      phone: 'line',
    },
  ]),
];

/** One row a unit, by name: no unit is ranked. */
export function rowsFor(
  found: readonly MeasureBenchmark[],
  href: (unit: string) => string,
  bad: (found: MeasureBenchmark, unit: TeamUnit) => boolean,
): Row[] {
  const units = new Map<string, { name: string; of: Map<MeasureBenchmark, TeamUnit> }>();
  for (const one of found)
    for (const unit of one.units) {
      const known = units.get(unit.unit) ?? { name: unit.name, of: new Map<MeasureBenchmark, TeamUnit>() };
      known.of.set(one, unit);
      units.set(unit.unit, known);
    }
  return [...units]
    .toSorted(([, a], [, b]) => a.name.localeCompare(b.name, 'en'))
    .map(([id, { name, of }]): Row => {
      const row: Row = {
        key: id,
        href: href(id),
        cells: { name },
        notes: {},
        alarm: [],
        faint: [...of.values()].every(({ compared }) => compared === null),
      };
      for (const [one, unit] of of) {
        const { id: measure } = one.measure;
        row.cells[measure] = observedOf(one, unit);
        if (one.measure.norm === 'others')
          row.cells[`${measure}_expected`] = unit.compared && expectedOf(one, unit);
        row.cells[`${measure}_believed`] = unit.compared && unit.compared.believed.ratio;
        if (!unit.compared) row.notes![`${measure}_believed`] = notCompared(unit, true);
        else {
          const { low, high } = unit.compared.believed;
          row.notes![`${measure}_believed`] = `${decimal(low)} to ${decimal(high)}`;
          // Of so many, some are outside the limits by chance: to act on is only what may be stated.
          if (unit.compared.stands && bad(one, unit)) row.alarm!.push(measure);
        }
      }
      return row;
    });
}
