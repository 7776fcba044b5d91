import { Problem } from '../../../pipeline/problem.ts';
import { funnel as byError, poissonFunnel, type Adjustment } from '../../lib/statistics/funnel.ts';
import { figure, interval, type Method } from './result.ts';
import { numberAbove } from './roles.ts';

export interface FunnelOptions {
  poisson?: boolean;
  dispersion: Adjustment;
}

export const funnel: Method<FunnelOptions> = {
  name: 'funnel',
  summary: 'which units are further from expected than chance takes them',
  source:
    'Spiegelhalter 2005, Funnel plots for comparing institutional performance, Statistics in Medicine 24, ' +
    '1185–1202; exact limits as in Seaton & Manktelow 2012, BMC Medical Research Methodology 12:98',
  roles: [
    { name: 'unit', about: 'who' },
    { name: 'observed', about: 'what was observed' },
    { name: 'expected', about: 'what would be at the common rate' },
    { name: 'standard_error', about: 'of observed ÷ expected; not with --poisson', optional: true },
  ],
  example: 'funnel reps.csv --column unit=rep --dispersion multiplicative',
  run(table, { poisson = false, dispersion }) {
    const { file } = table;
    if (!poisson && !('standard_error' in table.columns))
      throw new Problem(
        'No column for standard_error.',
        'Name it: --column standard_error=NAME, or give --poisson where observed is a count.',
        { file },
      );
    const units = table.rows.map((row) => ({
      name: row.cells['unit']!,
      observed: numberAbove(table, row, 'observed', 0, true),
      expected: numberAbove(table, row, 'expected'),
      error: poisson ? 0 : numberAbove(table, row, 'standard_error'),
    }));
    const broken = poisson ? units.findIndex(({ observed }) => !Number.isInteger(observed)) : -1;
    if (broken >= 0)
      throw new Problem(
        `${units[broken]!.observed} is no count.`,
        '--poisson takes whole numbers in observed.',
        { file, line: table.rows[broken]!.line },
      );
    const found = poisson ? poissonFunnel(units) : byError(units, { adjustment: dispersion });
    const sum = (of: (unit: (typeof units)[number]) => number) =>
      units.reduce((total, unit) => total + of(unit), 0);
    const expected = sum((unit) => unit.expected);
    const noise = Math.sqrt(
      poisson ? sum(({ observed }) => observed) : sum((u) => (u.expected * u.error) ** 2),
    );
    const ratio = expected > 0 ? sum(({ observed }) => observed) / expected : null;
    const reach = (1.959964 * noise) / expected;
    const share = units.length === 0 ? 0 : found.outside95 / units.length;
    return {
      estimate: ratio,
      low: ratio === null ? null : ratio - reach,
      high: ratio === null ? null : ratio + reach,
      what: 'observed ÷ expected of all together (limits are about 1)',
      n: units.length,
      of: 'units',
      answer: `${found.outside95} of ${units.length} outside the 95% limits`,
      warnings: units.length < 10 ? ['Fewer than ten units tell little of over-dispersion.'] : [],
      facts: {
        target: found.target,
        limits: poisson ? 'exact Poisson' : `normal, over-dispersion ${dispersion}`,
        dispersion: found.dispersion,
        variance_between: found.between,
        outside_95: found.outside95,
        share_outside_95: share,
        chance_of_so_many: found.chanceOfSoMany,
        units: found.units.map((each) => ({
          unit: each.name,
          ratio: each.ratio,
          z: each.z,
          limits_95: each.limits95,
          limits_998: each.limits998,
          outside: each.outside,
        })),
      },
      sections: [
        {
          title: 'Units',
          head: ['unit', 'observed ÷ expected', '95% limits', '99.8% limits', 'outside'],
          rows: found.units.map((each) => [
            each.name,
            figure(each.ratio),
            interval(each.limits95.low, each.limits95.high),
            interval(each.limits998.low, each.limits998.high),
            each.outside,
          ]),
        },
        {
          title: 'All',
          head: ['dispersion φ', 'variance between τ²', 'chance of so many outside'],
          rows: [[figure(found.dispersion), figure(found.between), figure(found.chanceOfSoMany)]],
        },
      ],
    };
  },
};
