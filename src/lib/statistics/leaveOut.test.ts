import { describe, expect, it } from 'vitest';
import { againstRest } from './leaveOut.ts';
import { cellsOf, madeDeals, madeFactors, type MadeDeal } from './mixDeals.fixture.ts';
import { randomFrom } from './random.ts';

/** The columns of a deal by name: sizes, which have an order, as steps from the smallest on. */
function namesOf(levels: string[], sizes: string[]): string[] {
  const steps = sizes.filter((size) => Number(size) <= Number(levels[3])).slice(1);
  const others = levels.flatMap((level, at) => (at === 3 ? [] : [`${at} ${level}`]));
  return ['', ...others, ...steps.map((size) => `3 ${size}`)];
}

/** Solves by elimination with pivots, from single deals and not from cells. */
function ridge(
  deals: MadeDeal[],
  columns: Map<string, number>,
  sizes: string[],
  penalty: (column: number) => number,
) {
  const size = columns.size;
  const rows = Array.from({ length: size }, () => new Array<number>(size + 1).fill(0));
  for (const { levels, weight, outcome } of deals) {
    const own = namesOf(levels, sizes).map((name) => columns.get(name)!);
    for (const i of own) {
      rows[i]![size]! += outcome / weight;
      for (const j of own) rows[i]![j]! += 1;
    }
  }
  rows.forEach((row, i) => (row[i]! += penalty(i)));
  for (let i = 0; i < size; i += 1) {
    const pivot = rows.findIndex(
      (row, at) => at >= i && Math.abs(row[i]!) === Math.max(...rows.slice(i).map((r) => Math.abs(r[i]!))),
    );
    [rows[i], rows[pivot]] = [rows[pivot]!, rows[i]!];
    for (let k = 0; k < size; k += 1) {
      if (k === i) continue;
      const by = rows[k]![i]! / rows[i]![i]!;
      for (let j = i; j <= size; j += 1) rows[k]![j]! -= by * rows[i]![j]!;
    }
  }
  return rows.map((row, i) => row[size]! / row[i]!);
}

describe('units against the rest', () => {
  const deals = madeDeals({ units: 12, deals: [15, 80], outcome: 'discount' }, randomFrom(3));
  const found = againstRest(cellsOf(deals), madeFactors);

  it('expects what a model fitted anew to everyone else’s deals expects', () => {
    const sizes = [...new Set(deals.map(({ levels }) => levels[3]!))].sort((a, b) => Number(a) - Number(b));
    const names = [...new Set(deals.flatMap(({ levels }) => namesOf(levels, sizes)))];
    const columns = new Map(names.map((name, at) => [name, at]));
    const prior = (column: number) =>
      1e-9 + (column === 0 ? 0 : madeFactors[Number(names[column]![0])]!.prior);
    for (const { unit, expected, observed } of found.slice(0, 4)) {
      const own = deals.filter((deal) => deal.unit === unit);
      const fit = ridge(
        deals.filter((deal) => deal.unit !== unit),
        columns,
        sizes,
        prior,
      );
      const rate = (levels: string[]) =>
        namesOf(levels, sizes).reduce((sum, name) => sum + fit[columns.get(name)!]!, 0);
      const plain = own.reduce((sum, { levels, weight }) => sum + weight * rate(levels), 0);
      expect(expected / plain).toBeCloseTo(1, 7);
      expect(observed).toBeCloseTo(
        own.reduce((sum, { outcome }) => sum + outcome, 0),
        6,
      );
    }
  });

  it('takes the mix out: whoever sells what is discounted more is expected to discount more', () => {
    const dear = madeDeals({ units: 1, deals: [200, 200], outcome: 'discount' }, randomFrom(5)).map(
      (deal) => ({
        ...deal,
        unit: 'dear',
      }),
    );
    const [one] = againstRest(cellsOf([...deals, ...dear]), madeFactors).filter(
      ({ unit }) => unit === 'dear',
    );
    expect(Math.abs(one!.observed / one!.expected - 1)).toBeLessThan(3 * (one!.error / one!.expected));
  });

  it('gives the error that drawing deals anew gives', () => {
    // Units drawn from one company over and over: how far observed lies from expected, against what was said.
    const gaps: number[] = [];
    const said: number[] = [];
    const random = randomFrom(11);
    const whole = madeDeals({ units: 8, deals: [60, 60], outcome: 'discount', sizes: 1 }, randomFrom(7));
    const rates = whole.map(({ outcome, weight }) => outcome / weight);
    const byMix = new Map<string, number[]>();
    whole.forEach(({ levels }, at) => {
      const key = `${levels[0]} ${levels[1]}`;
      byMix.set(key, [...(byMix.get(key) ?? []), rates[at]!]);
    });
    for (let draw = 0; draw < 200; draw += 1) {
      const drawn = whole.map((deal) => {
        const alike = byMix.get(`${deal.levels[0]} ${deal.levels[1]}`)!;
        return { ...deal, outcome: deal.weight * alike[Math.floor(random() * alike.length)]! };
      });
      for (const { observed, expected, error } of againstRest(cellsOf(drawn), madeFactors).slice(0, 3)) {
        gaps.push(observed - expected);
        said.push(error);
      }
    }
    for (let unit = 0; unit < 3; unit += 1) {
      const own = gaps.filter((_, at) => at % 3 === unit);
      const middle = own.reduce((sum, gap) => sum + gap, 0) / own.length;
      const spread = Math.sqrt(own.reduce((sum, gap) => sum + (gap - middle) ** 2, 0) / own.length);
      const errors = said.filter((_, at) => at % 3 === unit);
      const mean = Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / errors.length);
      expect(mean / spread).toBeGreaterThan(0.88);
      expect(mean / spread).toBeLessThan(1.15);
    }
  });

  it('compares nobody where there is nobody else', () => {
    const alone = deals.filter(({ unit }) => unit === 'unit 0');
    expect(againstRest(cellsOf(alone), madeFactors)).toEqual([]);
    expect(againstRest([], madeFactors)).toEqual([]);
    const one = againstRest(cellsOf([...alone, { ...alone[0]!, unit: 'other' }]), madeFactors);
    expect(one.map(({ unit }) => unit)).not.toContain('unit 0');
  });
});
