import { Problem } from '../../../pipeline/problem.ts';
import { bootstrapInterval } from '../../lib/statistics/bootstrap.ts';
import { rateBridge as bridge, type BridgeGroup } from '../../lib/statistics/bridge.ts';
import { clockOf } from './periods.ts';
import { figure, interval, type Method } from './result.ts';
import { numberAbove } from './roles.ts';

interface Deal {
  group: string;
  now: boolean;
  list: number;
  discount: number;
}

function grouped(deals: readonly Deal[], drawn?: Int32Array): BridgeGroup[] {
  const groups = new Map<string, BridgeGroup>();
  for (let i = 0; i < deals.length; i += 1) {
    const { group, now, list, discount } = deals[drawn ? drawn[i]! : i]!;
    let found = groups.get(group);
    if (!found) {
      found = { name: group, list: { before: 0, now: 0 }, discount: { before: 0, now: 0 } };
      groups.set(group, found);
    }
    found.list[now ? 'now' : 'before'] += list;
    found.discount[now ? 'now' : 'before'] += discount;
  }
  return [...groups.values()];
}

export const rateBridge: Method = {
  name: 'rate-bridge',
  summary: 'why a discount rate changed between two periods: mix or rate',
  source:
    'Σ(w₁−w₀)(r₀−R₀) mix + Σ w₁(r₁−r₀) rate over groups in both periods, groups new and gone apart; exact. ' +
    'Intervals by drawing rows anew (Efron 1979)',
  roles: [
    { name: 'group', about: 'what the mix is of' },
    { name: 'period', about: 'two of them' },
    { name: 'list', about: 'list amount' },
    { name: 'discount', about: 'discount amount' },
  ],
  example: 'rate-bridge deals.csv --column group=segment --column period=fiscal_year',
  run(table) {
    const { file } = table;
    const clock = clockOf(table, 'period');
    const periods = [...new Set(table.rows.map(({ cells }) => clock.at(cells['period']!)))].sort(
      (a, b) => a - b,
    );
    if (periods.length !== 2)
      throw new Problem(
        `The file has ${periods.length} periods: ${periods.map(clock.label).join(', ')}.`,
        'A bridge goes from one period to another: keep two.',
        { file },
      );
    const deals = table.rows.map((row): Deal => ({
      group: row.cells['group']!,
      now: clock.at(row.cells['period']!) === periods[1],
      list: numberAbove(table, row, 'list', 0, true),
      discount: numberAbove(table, row, 'discount', 0, true),
    }));
    const groups = grouped(deals);
    const found = bridge(groups);
    if (!found) throw new Problem('A period has no list.', 'Without list there is no rate.', { file });
    const change = found.now - found.before;
    const parts = ['mix', 'rate', 'added', 'gone'] as const;
    // One row a group and period is a sum already: drawing such rows anew would say nothing.
    const sums = deals.length <= groups.length * 2;
    const drawnInterval = (of: (bridge: NonNullable<typeof found>) => number) =>
      sums
        ? null
        : bootstrapInterval(
            deals.length,
            (drawn) => {
              const each = bridge(grouped(deals, drawn));
              return each ? of(each) : NaN;
            },
            { draws: 500 },
          );
    const whole = drawnInterval((each) => each.now - each.before);
    const intervals = Object.fromEntries(parts.map((part) => [part, drawnInterval((each) => each[part])]));
    const told = whole !== null && (whole.low > 0 || whole.high < 0);
    return {
      estimate: change,
      low: whole?.low ?? null,
      high: whole?.high ?? null,
      what: `change of the rate from ${clock.label(periods[0]!)} to ${clock.label(periods[1]!)}`,
      n: deals.length,
      of: `rows of ${groups.length} groups`,
      answer: sums ? 'exact for these sums' : told ? 'the rate changed beyond chance' : 'cannot tell',
      warnings: sums ? ['One row a group and period: no interval without the deals behind it.'] : [],
      facts: {
        before: found.before,
        now: found.now,
        ...Object.fromEntries(parts.map((part) => [part, found[part]])),
        intervals,
        by_group: found.byGroup,
      },
      sections: [
        {
          title: `Rate ${figure(found.before)} to ${figure(found.now)}`,
          head: ['part', 'change', '95% interval'],
          rows: parts.map((part) => [
            part,
            figure(found[part]),
            interval(intervals[part]?.low, intervals[part]?.high),
          ]),
        },
        {
          title: 'By group',
          head: ['group', 'rate', 'mix'],
          rows: found.byGroup.map(({ name, rate, mix }) => [name ?? '', figure(rate), figure(mix)]),
        },
      ],
    };
  },
};
