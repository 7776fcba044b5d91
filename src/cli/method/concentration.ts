import { Problem } from '../../../pipeline/problem.ts';
import { concentration as concentrated } from '../../lib/statistics/concentration.ts';
import { figure, interval, type Method } from './result.ts';
import { numberAbove } from './roles.ts';

export const concentration: Method = {
  name: 'concentration',
  summary: 'how much of an amount sits with few units of a high rate',
  source:
    'Lorenz 1905, Methods of measuring the concentration of wealth, Publications of the American Statistical ' +
    'Association 9, 209–219, ordered by rate; Herfindahl–Hirschman index with its numbers-equivalent (Adelman 1969)',
  roles: [
    { name: 'share', about: 'what rates are taken of, such as list' },
    { name: 'amount', about: 'what may be concentrated, such as discount' },
    { name: 'unit', about: 'who; each row by itself where not given', optional: true },
  ],
  example: 'concentration deals.csv --column share=list_amount --column amount=discount --column unit=rep',
  run(table) {
    const parts = table.rows.map((row, i) => ({
      unit: row.cells['unit'] ?? `row ${i + 1}`,
      share: numberAbove(table, row, 'share', 0, true),
      amount: numberAbove(table, row, 'amount', 0, true),
    }));
    const found = concentrated(parts);
    if (!found)
      throw new Problem('All shares or all amounts are 0.', 'There is nothing to be concentrated.', {
        file: table.file,
      });
    const few = found.units < 3;
    return {
      estimate: found.index,
      low: found.indexInterval?.low ?? null,
      high: found.indexInterval?.high ?? null,
      what: 'index: 0 where all have one rate, towards 1 where few have all',
      n: found.units,
      of: found.parts === found.units ? 'units' : `units of ${found.parts} rows`,
      answer: few ? 'cannot tell' : `as concentrated as ${figure(found.effectiveNumber)} equal units`,
      warnings:
        found.parts === found.units
          ? ['Rows are units: the interval draws whole units anew, and no chance level can be given.']
          : [],
      facts: {
        index_by_chance: found.indexByChance,
        hhi: found.hhi,
        hhi_interval: found.hhiInterval,
        effective_number: found.effectiveNumber,
        curve: found.curve,
      },
      sections: [
        {
          title: 'Whole',
          head: ['index by chance', 'HHI', '95% interval', 'effective number'],
          rows: [
            [
              figure(found.indexByChance),
              figure(found.hhi),
              interval(found.hhiInterval?.low, found.hhiInterval?.high),
              figure(found.effectiveNumber),
            ],
          ],
        },
        {
          title: 'Units, highest rate first',
          head: ['unit', 'rate', 'share so far', 'amount so far'],
          rows: found.curve.map(({ unit, rate, share, amount }) => [
            unit,
            ...[rate, share, amount].map(figure),
          ]),
        },
      ],
    };
  },
};
