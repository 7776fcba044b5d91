import { Problem } from '../../../pipeline/problem.ts';
import {
  forecastAccuracy as accuracy,
  MAPE_NOTE,
  type Forecast,
} from '../../lib/statistics/forecastAccuracy.ts';
import { clockOf, type Clock } from './periods.ts';
import { figure, interval, type Method } from './result.ts';
import { numberIn, type RoleTable } from './roles.ts';

interface Read {
  forecasts: Forecast[];
  /** What the skill is measured against, in words. */
  against: string | null;
}

function read(table: RoleTable, clock: Clock): Read {
  const given = 'naive' in table.columns;
  const forecasts = table.rows.map((row): Forecast => ({
    // Padded, so that period 10 sorts after period 9.
    period: String(clock.at(row.cells['period']!)).padStart(12, '0'),
    forecast: numberIn(table, row, 'forecast'),
    actual: numberIn(table, row, 'actual'),
    naive: given && row.cells['naive'] !== '' ? numberIn(table, row, 'naive') : null,
  }));
  if (given) return { forecasts, against: 'the naive forecast given' };
  const ordered = [...forecasts].sort((a, b) => (a.period < b.period ? -1 : 1));
  const once = new Set(ordered.map(({ period }) => period)).size === ordered.length;
  if (!once) return { forecasts, against: null };
  return {
    forecasts: ordered.map((each, i) => ({ ...each, naive: ordered[i - 1]?.actual ?? null })),
    against: "the period before's actual",
  };
}

export const forecastAccuracy: Method = {
  name: 'forecast-accuracy',
  summary: 'how far forecasts were off, which way, and whether they beat a naive one',
  source:
    'WAPE as Kolassa & Schütz 2007, Foresight 6, 40–43; Hyndman & Koehler 2006, International Journal of ' +
    'Forecasting 22, 679–688; intervals by block bootstrap over periods, Künsch 1989, Ann. Statist. 17, 1217–1241',
  roles: [
    { name: 'period', about: 'when' },
    { name: 'forecast', about: 'what was said' },
    { name: 'actual', about: 'what came' },
    { name: 'naive', about: 'a forecast without thought; else the period before', optional: true },
  ],
  example: 'forecast-accuracy quarters.csv --column actual=won_net',
  run(table) {
    if (table.rows.length === 0)
      throw new Problem('There are no rows.', 'Give a row a forecast.', { file: table.file });
    const { forecasts, against } = read(table, clockOf(table, 'period'));
    const found = accuracy(forecasts);
    const warnings = [MAPE_NOTE];
    if (found.periods < 4) warnings.push('Fewer than four periods: no intervals.');
    else if (found.periods < 12) warnings.push(`Intervals rest on ${found.periods} periods and are rough.`);
    if (against === null) warnings.push('Several rows a period and no naive column: no skill.');
    const { bias, wape, skill } = found;
    const told = bias.interval !== null && (bias.interval.low > 0 || bias.interval.high < 0);
    const way = (bias.value ?? 0) > 0 ? 'too high' : 'too low';
    return {
      estimate: wape.value,
      low: wape.interval?.low ?? null,
      high: wape.interval?.high ?? null,
      what: 'WAPE: Σ|forecast − actual| ÷ Σ|actual|',
      n: found.periods,
      of: found.forecasts === found.periods ? 'periods' : `periods (${found.forecasts} forecasts)`,
      answer: told ? `forecasts are ${way}` : 'cannot tell which way forecasts are off',
      warnings,
      facts: { wape, bias, skill: { ...skill, against }, mape: found.mape },
      sections: [
        {
          title: against ? `Skill is against ${against}` : 'Scores',
          head: ['score', 'value', '95% interval'],
          rows: [
            ...Object.entries({ WAPE: wape, bias, skill }).map(([name, { value, interval: range }]) => [
              name,
              figure(value),
              interval(range?.low, range?.high),
            ]),
            ['MAPE', figure(found.mape), '–'],
          ],
        },
      ],
    };
  },
};
