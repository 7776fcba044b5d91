import { normalFrom } from './random.ts';
import type { BookedCell, MixedCell } from './quarterEnd.ts';

/** What is true of the made company's quarter ends. */
export interface MadeQuarters {
  reps: number;
  /** Deals of each rep, on average. */
  deals: number;
  /** Of deals that would close earlier, the share that is moved into the last ten days. */
  moved: number;
  /** What those in the last ten days carry more, a fraction of list. */
  extra: number;
}

const QUARTERS = 8;
const DAYS = 64;
const LAST = 10;
const segments = ['SMB', 'Mid-market', 'Enterprise'];

interface MadeClose {
  rep: string;
  quarter: number;
  isLate: boolean;
  segment: string;
  amount: number;
  rate: number;
}

/** Deals whose sizes are skewed, whose reps discount unlike each other, and who close late more or less often. */
function madeCloses({ reps, deals, moved, extra }: MadeQuarters, random: () => number): MadeClose[] {
  const normal = normalFrom(random);
  return Array.from({ length: reps }, (_, at) => {
    const [own, large] = [0.02 * normal(), random()];
    const count = Math.max(3, Math.round(deals * Math.exp(0.5 * normal())));
    return Array.from({ length: count }, (): MadeClose => {
      const segment = random() < large * 0.5 ? 2 : random() < 0.5 ? 1 : 0;
      const isLate = random() < LAST / DAYS || random() < moved;
      return {
        rep: `rep ${at}`,
        quarter: Math.floor(random() * QUARTERS),
        isLate,
        segment: segments[segment]!,
        amount: Math.exp(9 + segment + 1.2 * normal()),
        rate: 0.14 + 0.02 * segment + own + 0.07 * normal() + (isLate ? extra : 0),
      };
    });
  }).flat();
}

/** The same deals as the two methods take them, summed as the database does. */
export function madeQuarters(made: MadeQuarters, random: () => number) {
  const closes = madeCloses(made, random);
  const booked = new Map<string, BookedCell>();
  for (const { rep, quarter, isLate, amount } of closes) {
    const key = JSON.stringify([rep, quarter, isLate]);
    const cell = booked.get(key) ?? {
      ...{ cluster: rep, expected: LAST / DAYS, isLate, amount: 0, squares: 0 },
    };
    booked.set(key, { ...cell, amount: cell.amount + amount, squares: cell.squares + amount * amount });
  }
  const mixed = closes.map(({ rep, quarter, segment, isLate, rate }): MixedCell => ({
    ...{ cluster: rep, levels: [segment, `${quarter}`], isLate, deals: 1, rates: rate },
  }));
  return { booked: [...booked.values()], mixed, closes };
}
