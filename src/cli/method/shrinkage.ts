import { Problem } from '../../../pipeline/problem.ts';
import { arcsine, shareOfArcsine, shrink, type Measured } from '../../lib/statistics/shrinkage.ts';
import { figure, interval, type Method } from './result.ts';
import { numberAbove, numberIn, type RoleRow, type RoleTable } from './roles.ts';

export interface ShrinkageOptions {
  transform: 'none' | 'arcsine';
}

interface Reading {
  how: string;
  units: Measured[];
}

/** Observed out of n: whole numbers are counts, where any is above 1, else shares. */
function shares(table: RoleTable): { name: string; share: number; n: number }[] {
  const observed = table.rows.map((row) => numberAbove(table, row, 'observed', 0, true));
  const counts = observed.every(Number.isInteger) && observed.some((value) => value > 1);
  return table.rows.map((row, i) => {
    const n = numberAbove(table, row, 'n');
    const share = counts ? observed[i]! / n : observed[i]!;
    if (share > 1)
      throw new Problem(
        `${observed[i]} of ${n} is more than all.`,
        'observed is a count out of n or a share.',
        { file: table.file, line: row.line },
      );
    return { name: row.cells['unit']!, share, n };
  });
}

function read(table: RoleTable, { transform }: ShrinkageOptions): Reading {
  const name = (row: RoleRow) => row.cells['unit']!;
  const has = (role: string) => role in table.columns;
  if (transform === 'arcsine' || (has('n') && !has('variance'))) {
    if (!has('n'))
      throw new Problem('No column for n.', 'The arcsine needs observed out of n.', { file: table.file });
    const units = shares(table);
    if (transform === 'arcsine')
      return {
        how: 'shares of n on the arcsine scale, variance 1',
        units: units.map((unit) => ({ name: unit.name, value: arcsine(unit.share, unit.n), variance: 1 })),
      };
    const total = units.reduce((sum, { n }) => sum + n, 0);
    const mean = units.reduce((sum, { share, n }) => sum + share * n, 0) / total;
    return {
      how: 'shares of n, variance mean × (1 − mean) ÷ n',
      units: units.map((unit) => ({
        name: unit.name,
        value: unit.share,
        variance: (mean * (1 - mean)) / unit.n,
      })),
    };
  }
  if (has('expected')) {
    const sum = (role: string) => table.rows.reduce((total, row) => total + numberIn(table, row, role), 0);
    const mean = sum('observed') / sum('expected');
    return {
      how: has('variance')
        ? 'observed ÷ expected with the variances given'
        : 'counts ÷ expected, variance mean ÷ expected',
      units: table.rows.map((row) => {
        const expected = numberAbove(table, row, 'expected');
        const variance = has('variance') ? numberAbove(table, row, 'variance') : mean / expected;
        return { name: name(row), value: numberIn(table, row, 'observed') / expected, variance };
      }),
    };
  }
  if (!has('variance'))
    throw new Problem(
      'No column for expected, n or variance.',
      'Shrinkage needs to know how uncertain each value is. Name one: --column variance=NAME.',
      { file: table.file },
    );
  return {
    how: 'values with the variances given',
    units: table.rows.map((row) => ({
      name: name(row),
      value: numberIn(table, row, 'observed'),
      variance: numberAbove(table, row, 'variance'),
    })),
  };
}

export const shrinkage: Method<ShrinkageOptions> = {
  name: 'shrinkage',
  summary: 'what units are like once chance is taken out (empirical Bayes)',
  source:
    'Morris 1983, Parametric empirical Bayes inference, JASA 78, 47–55; with equal variances Efron & Morris 1975, ' +
    "Data analysis using Stein's estimator and its generalizations, JASA 70, 311–319",
  roles: [
    { name: 'unit', about: 'who' },
    { name: 'observed', about: 'the value, count or share observed' },
    { name: 'expected', about: 'what would be observed at the mean rate', optional: true },
    { name: 'n', about: 'out of how many', optional: true },
    { name: 'variance', about: 'the sampling variance of the value', optional: true },
  ],
  example: 'shrinkage batting.csv --column observed=hits --column n=at_bats --transform arcsine',
  run(table, options) {
    const { how, units } = read(table, options);
    if (units.some(({ variance }) => !(variance > 0)))
      throw new Problem('All shares are 0 or 1.', 'Without any difference there is nothing to shrink.', {
        file: table.file,
      });
    const found = shrink(units);
    const scale = options.transform === 'arcsine' ? table.rows.map((row) => numberIn(table, row, 'n')) : null;
    const back = (value: number, i: number) => (scale ? shareOfArcsine(value, scale[i]!) : value);
    const shown = found?.units.map((unit, i) => ({
      unit: unit.name,
      observed: back(unit.value, i),
      estimate: back(unit.estimate, i),
      low: back(unit.low, i),
      high: back(unit.high, i),
      shrinkage: unit.shrinkage,
      ...(scale ? { transformed: unit.value, transformed_estimate: unit.estimate } : {}),
    }));
    const precision = units.reduce((sum, { variance }) => sum + 1 / (variance + (found?.between ?? 0)), 0);
    const reach = 1.959964 / Math.sqrt(precision);
    const differ = found !== null && found.chanceIfAlike < 0.05;
    return {
      estimate: found?.mean ?? null,
      low: found ? found.mean - reach : null,
      high: found ? found.mean + reach : null,
      what: `mean that all are shrunk towards${scale ? ' (arcsine scale)' : ''}`,
      n: units.length,
      of: 'units',
      answer: differ ? 'units differ beyond chance' : 'cannot tell whether units differ',
      warnings: found ? [] : ['Fewer than four units: there is nothing to learn the mean and spread from.'],
      facts: {
        read_as: how,
        variance_between: found?.between ?? null,
        chance_if_alike: found?.chanceIfAlike ?? null,
        units: shown ?? [],
      },
      sections: [
        {
          title: `Units (${how})`,
          head: ['unit', 'observed', 'shrunken', '95% interval', 'shrunk by'],
          rows: (shown ?? []).map((each) => [
            each.unit,
            figure(each.observed),
            figure(each.estimate),
            interval(each.low, each.high),
            figure(each.shrinkage),
          ]),
        },
      ],
    };
  },
};
