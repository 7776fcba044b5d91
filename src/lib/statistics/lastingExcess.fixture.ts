import { crossFitted } from './crossFitted.ts';
import { excessDollars, type ExcessDollars } from './excessDollars.ts';
import { cellsOf, madeDeals, madeFactors, type MadeCompany } from './mixDeals.fixture.ts';
import { normalFrom } from './random.ts';
import { splitUnits, type SplitPart } from './splitUnits.ts';
import { atVolume, type Buyer } from './volumeCurve.ts';

/** Made quarters as half-years taken in turn: what a half says of the other. */
const sideOf = (quarter: string): 0 | 1 => (Math.floor(Number(quarter.slice(1)) / 2) % 2 === 0 ? 0 : 1);

/** Reps of a made company (`madeDeals`), from deals to dollars as the page does it. */
export function repsBeyond(
  company: MadeCompany,
  random: () => number,
  draws: number,
  by = { percentile: 50 as number | null, least: 0.01 },
): ExcessDollars {
  const cells = cellsOf(madeDeals(company, random));
  const parts: SplitPart[] = [];
  for (const side of [0, 1] as const) {
    const own = cells.filter(({ levels }) => sideOf(levels[2]!) === side);
    const expected = crossFitted(own, madeFactors, [({ unit }) => unit])?.[0];
    own.forEach((cell, at) => {
      const { value, variance } = expected![at]!;
      parts.push({
        ...{ unit: cell.unit, side, deals: cell.deals, list: cell.weight, squares: cell.squares },
        excess: cell.rates - cell.counted * value,
        variance: cell.countedSquares * variance,
        dollars: cell.outcome - cell.weight * value,
      });
    });
  }
  return excessDollars(splitUnits(parts).units, by, draws);
}

export interface MadeCustomers {
  customers: number;
  /** So many of them belong to the first group. */
  inGroup: number;
  /** What that group's rate differs by. */
  effect?: number;
  /** Standard deviation of what customers get for good, whatever they buy. */
  lasting?: number;
}

/** Customers who buy a few times and get more for more volume, and a group among them that differs. */
export function customersBeyond(made: MadeCustomers, random: () => number, draws: number): ExcessDollars {
  const { customers, inGroup, effect = 0, lasting = 0 } = made;
  const normal = normalFrom(random);
  const segments = ['SMB', 'Mid-market', 'Enterprise'];
  const rows: (Buyer & { list: number; squares: number; discount: number })[] = [];
  for (let customer = 0; customer < customers; customer += 1) {
    const grouped = customer < inGroup;
    const kind = grouped ? 1 : Math.floor(3 * random() ** 1.5);
    const level = 0.14 + 0.02 * kind + lasting * normal() + (grouped ? effect : 0);
    const typical = 8 + kind + 0.7 * normal();
    const lists = Array.from({ length: 1 + Math.floor(5 * random() ** 2) }, () =>
      Math.exp(typical + normal()),
    );
    const volume = Math.log2(lists.reduce((sum, list) => sum + list, 0));
    const deals = lists.map((list) => {
      const wanted = level + 0.009 * (volume - 15) + 0.05 * normal() + (random() < 0.03 ? 0.2 : 0);
      const rate = Math.max(0, Math.min(0.9, wanted));
      return { list, rate, side: (random() < 0.5 ? 0 : 1) as 0 | 1 };
    });
    for (const side of [0, 1] as const) {
      const own = deals.filter((deal) => deal.side === side);
      const sum = (of: (deal: (typeof own)[number]) => number) => own.reduce((all, one) => all + of(one), 0);
      if (own.length === 0) continue;
      rows.push({
        ...{ group: grouped ? 'group' : `customer ${customer}`, segment: segments[kind]!, side, volume },
        deals: own.length,
        rates: sum(({ rate }) => rate),
        squaredRates: sum(({ rate }) => rate ** 2),
        list: sum(({ list }) => list),
        squares: sum(({ list }) => list ** 2),
        discount: sum(({ list, rate }) => list * rate),
      });
    }
  }
  const expected = atVolume(rows);
  const parts = rows.flatMap((row, at): SplitPart[] => {
    const told = expected[at];
    if (!told) return [];
    const { group: unit, side, deals, list, squares } = row;
    return [
      {
        ...{ unit, side, deals, list, squares },
        excess: row.rates - deals * told.value,
        variance: deals * told.variance,
        dollars: row.discount - list * told.value,
      },
    ];
  });
  return excessDollars(splitUnits(parts).units, { percentile: null, least: 0 }, draws);
}
