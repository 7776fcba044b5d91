import { MINIMUM_DEALS } from './standOut.ts';

/** A buyer's deals on one side of a split of time, summed. */
export interface Buyer {
  /** Buyers left out together: those of one group. */
  group: string;
  segment: string;
  side: 0 | 1;
  /** Logarithm to the base 2 of what the buyer bought in all, at list. */
  volume: number;
  deals: number;
  /** Σ rate and Σ rate² of its deals. */
  rates: number;
  squaredRates: number;
}

/** What the buyer's deals are expected to give, as a fraction of list, and how far one deal is usually off. */
export interface AtVolume {
  value: number;
  variance: number;
}

type Sums = { deals: number; x: number; xx: number; y: number; xy: number; yy: number; buyers: number };

const none = (): Sums => ({ deals: 0, x: 0, xx: 0, y: 0, xy: 0, yy: 0, buyers: 0 });

function add(sums: Sums, { volume, deals, rates, squaredRates }: Buyer, sign: 1 | -1): void {
  sums.deals += sign * deals;
  sums.x += sign * deals * volume;
  sums.xx += sign * deals * volume ** 2;
  sums.y += sign * rates;
  sums.xy += sign * volume * rates;
  sums.yy += sign * squaredRates;
  sums.buyers += sign;
}

export interface Line {
  level: number;
  slope: number;
  /** Variance of one deal's rate about the line. */
  variance: number;
}

/** Ours: the slope is held to zero by the spread of so many deals one doubling apart. */
const HOLD = 1;

/** The least-squares line through sums of deals; null with fewer deals or buyers than can be compared. */
function lineOf({ deals, x, xx, y, xy, yy, buyers }: Sums): Line | null {
  if (deals < MINIMUM_DEALS || buyers < 3) return null;
  const spread = xx - x ** 2 / deals;
  const along = xy - (x * y) / deals;
  const slope = along / (Math.max(0, spread) + HOLD);
  const level = (y - slope * x) / deals;
  const left = yy - y ** 2 / deals - 2 * slope * along + slope ** 2 * spread;
  return { level, slope, variance: Math.max(1e-8, left / Math.max(1, deals - 2)) };
}

const placeOf = ({ segment, side }: Pick<Buyer, 'segment' | 'side'>) => `${side} ${segment}`;

function gathered(buyers: readonly Buyer[]): Map<string, Sums> {
  const all = new Map<string, Sums>();
  for (const buyer of buyers) {
    const place = placeOf(buyer);
    const sums = all.get(place) ?? none();
    add(sums, buyer, 1);
    all.set(place, sums);
  }
  return all;
}

/**
 * What each buyer's deals are expected to give at its volume: by segment, a line of deals' rates over the logarithm
 * of the buyer's volume, fitted without the deals of the buyer and its group (cross-fitting: Stone 1974, J. R.
 * Statist. Soc. B 36, 111–147; leaving one out of a line is subtracting its sums), and on either side of the split of
 * time by itself, so that an error of the line does not seem to last. Null where too few others are left.
 */
export function atVolume(buyers: readonly Buyer[]): (AtVolume | null)[] {
  const all = gathered(buyers);
  const groups = new Map<string, Buyer[]>();
  for (const buyer of buyers) {
    const key = `${placeOf(buyer)} ${buyer.group}`;
    const own = groups.get(key);
    if (own) own.push(buyer);
    else groups.set(key, [buyer]);
  }
  const lines = new Map<string, Line | null>();
  for (const [key, own] of groups) {
    const rest = { ...all.get(placeOf(own[0]!))! };
    for (const buyer of own) add(rest, buyer, -1);
    lines.set(key, lineOf(rest));
  }
  return buyers.map((buyer) => {
    const line = lines.get(`${placeOf(buyer)} ${buyer.group}`)!;
    return line && { value: line.level + line.slope * buyer.volume, variance: line.variance };
  });
}

/** The line of each segment through all buyers on both sides, for a picture. */
export function volumeLines(buyers: readonly Buyer[]): Map<string, Line> {
  const lines = new Map<string, Line>();
  const joined = gathered(buyers.map((buyer) => ({ ...buyer, side: 0 as const })));
  for (const [place, sums] of joined) {
    const line = lineOf(sums);
    if (line) lines.set(place.slice(2), line);
  }
  return lines;
}
