import type { MixCell } from './mixModel.ts';
import { normalFrom } from './random.ts';

/** A deal as the made companies have it: rate = outcome ÷ weight. */
export interface MadeDeal {
  unit: string;
  levels: string[];
  weight: number;
  outcome: number;
}

const segments = [
  { name: 'SMB', share: 0.5, discount: -0.015 },
  { name: 'Mid-market', share: 0.34, discount: 0.005 },
  { name: 'Enterprise', share: 0.16, discount: 0.025 },
];
const types = [
  { name: 'new', discount: 0.195, win: 0.16 },
  { name: 'cross-sell', discount: 0.175, win: 0.26 },
  { name: 'upsell', discount: 0.16, win: 0.34 },
  { name: 'renewal', discount: 0.145, win: 0.82 },
];

function drawnFrom<Thing extends { share: number }>(things: Thing[], random: () => number): Thing {
  let left = random() * things.reduce((sum, { share }) => sum + share, 0);
  return things.find(({ share }) => (left -= share) < 0) ?? things.at(-1)!;
}

export interface MadeCompany {
  units: number;
  /** From so few to so many deals a unit. */
  deals: [number, number];
  /** What the outcome is: a discount in dollars, a win, or the logarithm of days. */
  outcome: 'discount' | 'win' | 'cycle';
  /** Standard deviation of the logarithm of list: 1.6 puts half of all list into one deal in thirty. */
  sizes?: number;
  /** What the first unit's rate differs by, or that of the first so many. */
  effect?: number;
  leaking?: number;
}

/** Deals of a company in which units sell different mixes, and, but for the first, in no other way differ. */
export function madeDeals(company: MadeCompany, random: () => number): MadeDeal[] {
  const normal = normalFrom(random);
  const {
    units,
    deals: [fewest, most],
    outcome,
    sizes = 1.4,
    effect = 0,
    leaking = 1,
  } = company;
  return Array.from({ length: units }, (_, at) => {
    // Each unit has its own leaning to large customers and to renewals.
    const tilt = { large: Math.exp(normal() * 0.7), renewals: Math.exp(normal() * 0.8) };
    const own = segments.map((one, i) => ({ ...one, share: one.share * tilt.large ** (i - 1) }));
    const kinds = types.map((one, i) => ({ ...one, share: i === 3 ? tilt.renewals : 0.6 }));
    const count = Math.round(fewest * (most / fewest) ** random());
    return Array.from({ length: count }, (): MadeDeal => {
      const segment = drawnFrom(own, random);
      const type = drawnFrom(kinds, random);
      const quarter = Math.floor(random() * 8);
      const more = at < leaking ? effect : 0;
      const list = 9000 * Math.exp(sizes * normal() + 14 * (segment.discount + 0.005));
      const size = Math.floor(4 * Math.log10(list));
      const levels = [segment.name, type.name, `Q${quarter}`, String(size), segment.name + type.name];
      const unit = `unit ${at}`;
      if (outcome === 'win') return { unit, levels, weight: 1, outcome: Number(random() < type.win + more) };
      if (outcome === 'cycle')
        return { unit, levels, weight: 1, outcome: 4.2 + type.discount + 0.6 * normal() + more };
      const mean = type.discount + segment.discount + 0.009 * Math.log2(list / 24000) + more;
      // One deal in ten is sold at list, and a few go far below it.
      const drawn = random() < 0.1 ? 0 : mean * 1.11 + 0.05 * normal() + (random() < 0.03 ? 0.2 : 0);
      return { unit, levels, weight: list, outcome: list * Math.max(0, Math.min(0.9, drawn)) };
    });
  }).flat();
}

/** Deals summed into cells, as the database does it. */
export function cellsOf(deals: readonly MadeDeal[]): MixCell[] {
  const cells = new Map<string, MixCell>();
  for (const { unit, levels, weight, outcome } of deals) {
    const key = JSON.stringify([unit, levels]);
    const empty = { deals: 0, weight: 0, squares: 0, outcome: 0 };
    const none = { counted: 0, countedSquares: 0, rates: 0, squaredRates: 0 };
    const cell = cells.get(key) ?? { unit, levels, ...empty, ...none };
    cell.deals += 1;
    cell.weight += weight;
    cell.squares += weight ** 2;
    cell.outcome += outcome;
    cell.counted += 1;
    cell.countedSquares += 1;
    cell.rates += outcome / weight;
    cell.squaredRates += (outcome / weight) ** 2;
    cells.set(key, cell);
  }
  return [...cells.values()];
}

export const madeFactors = [1, 1, 1, 1, 10].map((prior, at) => ({
  name: `factor ${at}`,
  prior,
  ordered: at === 3,
}));
