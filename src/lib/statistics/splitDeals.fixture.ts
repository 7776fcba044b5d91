import { normalFrom } from './random.ts';
import type { DealUnderLimit } from './splitDeals.ts';

/** Deals of a company over two years, each within a limit of 25,000. */
export interface MadeSplits {
  reps: number;
  customers: number;
  deals: number;
  /** Deals over the limit that are cut in two instead, a few days apart. */
  split: number;
}

const LIMIT = 25_000;

/** Customers stay with a rep and buy on days of their own; a third of all closes in the last days of quarters. */
export function madeSplits(
  { reps, customers, deals, split }: MadeSplits,
  random: () => number,
): DealUnderLimit[] {
  const normal = normalFrom(random);
  const day = () => {
    const quarter = Math.floor(random() * 8) * 91;
    return quarter + Math.floor(random() < 0.33 ? 77 + random() * 14 : random() * 91);
  };
  const one = (id: string, customer: number, on: number, amount: number): DealUnderLimit => ({
    ...{ id, customer: `c${customer}`, rep: `r${customer % reps}`, day: on, amount, limit: LIMIT },
  });
  const made = Array.from({ length: deals }, (_, at) =>
    one(`d${at}`, Math.floor(random() * customers), day(), Math.min(LIMIT, Math.exp(8.8 + 0.8 * normal()))),
  );
  const cut = Array.from({ length: split }, (_, at) => {
    const [customer, on, whole] = [Math.floor(random() * customers), day(), LIMIT * (1.2 + 0.6 * random())];
    const part = 0.35 + 0.3 * random();
    return [
      one(`s${at}a`, customer, on, whole * Math.min(part, LIMIT / whole)),
      one(`s${at}b`, customer, on + Math.floor(random() * 12), whole * Math.min(1 - part, LIMIT / whole)),
    ];
  });
  return [...made, ...cut.flat()];
}
