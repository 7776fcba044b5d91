import type { RepQuarter } from '../../src/lib/questions/coaching/effectOf.ts';
import { normalFrom } from '../../src/lib/statistics/random.ts';

/** What is true of a made company; rates in points of list. */
export interface MadeCompany {
  managers: number;
  /** What coaching does from its first quarter on. */
  effect: number;
  /** What coached reps give more than others, for good. */
  weak: number;
  /** What coached reps give more in the quarter before coaching, and in no other. */
  badSpell: number;
}

const QUARTERS = 11;
const REPS = 6;
const DEALS = 2.2;
/** Standard deviations, in points: between deals, reps for good, a rep's and a manager's quarters. */
const NOISE = { deal: 6, rep: 1.5, repQuarter: 1, managerQuarter: 1 };
/** Deals differ in size as in the demo company: the standard deviation of log list. */
const SIZES = 1;

function poisson(mean: number, random: () => number): number {
  const limit = Math.exp(-mean);
  let product = random();
  let n = 0;
  while (product > limit) {
    product *= random();
    n += 1;
  }
  return n;
}

/**
 * A made company's deals, gathered by rep and quarter as the mart gathers them. Managers decide: two in three coach,
 * each from a quarter of their own on, four reps of six at once and one more half a year later.
 */
export function madeCompany(company: MadeCompany, random: () => number): RepQuarter[] {
  const normal = normalFrom(random);
  const market = Array.from({ length: QUARTERS }, () => normal());
  return Array.from({ length: company.managers }, (_, manager) => {
    const coaches = manager % 3 !== 2;
    const start = 3 + Math.floor(random() * 4);
    const shocks = Array.from({ length: QUARTERS }, () => NOISE.managerQuarter * normal());
    return Array.from({ length: REPS }, (_, rep) => {
      const firstCoached = !coaches || rep === 5 ? null : rep === 4 ? start + 2 : start;
      const level = 20 + NOISE.rep * normal() + (firstCoached === null ? 0 : company.weak);
      return shocks.flatMap((shock, quarter): RepQuarter[] => {
        const since = firstCoached === null ? -Infinity : quarter - firstCoached;
        const usual =
          level +
          market[quarter]! +
          shock +
          NOISE.repQuarter * normal() +
          (since >= 0 ? company.effect : 0) +
          (since === -1 ? company.badSpell : 0);
        const deals = Array.from({ length: poisson(DEALS, random) }, () => {
          const list = Math.exp(SIZES * normal());
          return { list, discount: (list * (usual + NOISE.deal * normal())) / 100 };
        });
        if (deals.length === 0) return [];
        const list = deals.reduce((sum, deal) => sum + deal.list, 0);
        const squares = deals.reduce((sum, deal) => sum + deal.list ** 2, 0);
        const rate = deals.reduce((sum, deal) => sum + deal.discount, 0) / list;
        return [
          {
            ...{ rep: `${manager}.${rep}`, manager: `${manager}`, quarter, firstCoached },
            ...{ raw: rate, adjusted: rate, weight: list ** 2 / squares },
          },
        ];
      });
    }).flat();
  }).flat();
}
