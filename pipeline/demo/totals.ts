import { quarter, quarterName } from './calendar.ts';
import type { Deal } from './deal.ts';
import { inDollars, netTicks } from './deals.ts';
import { priced } from './lines.ts';
import { ticks } from './money.ts';
import type { World } from './world.ts';

/** Sums over lines, as decimal text so that no reader rounds them. */
export interface Sums {
  deals: number;
  lines: number;
  list: string;
  net: string;
  discount: string;
  uplift: string;
  unpriced_net: string;
}

export interface Totals {
  /** Won deals in US dollars at plan rates; net is of priced lines. */
  usd: Sums;
  by_currency: Record<string, Sums>;
  by_region: Record<string, Sums>;
  by_quarter: Record<string, Sums>;
  by_deal_type: Record<string, Sums>;
  deals: { all: number; won: number; lost: number; open: number; lines: number };
}

interface Running {
  deals: number;
  lines: number;
  list: number;
  net: number;
  discount: number;
  uplift: number;
  unpriced: number;
}

const nothing = (): Running => ({ deals: 0, lines: 0, list: 0, net: 0, discount: 0, uplift: 0, unpriced: 0 });

/** Adds up what is written, in whole ticks. */
export class TotalsKeeper {
  private readonly world: World;
  private readonly usd = nothing();
  private readonly currencies = new Map<string, Running>();
  private readonly regions = new Map<string, Running>();
  private readonly quarters = new Map<number, Running>();
  private readonly types = new Map<string, Running>();
  private readonly counts = { all: 0, won: 0, lost: 0, open: 0, lines: 0 };

  constructor(world: World) {
    this.world = world;
  }

  add(deal: Deal): void {
    this.counts.all++;
    this.counts[deal.outcome]++;
    this.counts.lines += deal.lines.length;
    if (deal.outcome !== 'won') return;
    const own = at(this.currencies, deal.account.region.currency);
    const dollars = [
      this.usd,
      at(this.regions, deal.place.region),
      at(this.quarters, quarter(deal.closesOn)),
      at(this.types, deal.type),
    ];
    own.deals++;
    for (const sums of dollars) sums.deals++;
    for (const line of deal.lines) {
      const net = netTicks(line);
      const usdNet = inDollars(this.world, deal, net);
      if (!priced(line)) {
        own.lines++;
        own.unpriced += net;
        for (const sums of dollars) {
          sums.lines++;
          sums.unpriced += usdNet;
        }
        continue;
      }
      const usdList = inDollars(this.world, deal, line.list);
      addLine(own, line.list, net);
      for (const sums of dollars) addLine(sums, usdList, usdNet);
    }
  }

  result(): Totals {
    const named = <K>(map: Map<K, Running>, name: (key: K) => string): Record<string, Sums> =>
      Object.fromEntries([...map].map(([key, sums]) => [name(key), text(sums)] as const).sort(byName));
    return {
      usd: text(this.usd),
      by_currency: named(this.currencies, String),
      by_region: named(this.regions, String),
      by_quarter: named(this.quarters, quarterName),
      by_deal_type: named(this.types, String),
      deals: this.counts,
    };
  }
}

function addLine(sums: Running, list: number, net: number): void {
  sums.lines++;
  sums.list += list;
  sums.net += net;
  if (list > net) sums.discount += list - net;
  else sums.uplift += net - list;
}

function at<K>(map: Map<K, Running>, key: K): Running {
  let sums = map.get(key);
  if (!sums) map.set(key, (sums = nothing()));
  return sums;
}

function text(sums: Running): Sums {
  return {
    deals: sums.deals,
    lines: sums.lines,
    list: ticks(sums.list),
    net: ticks(sums.net),
    discount: ticks(sums.discount),
    uplift: ticks(sums.uplift),
    unpriced_net: ticks(sums.unpriced),
  };
}

const byName = (a: readonly [string, unknown], b: readonly [string, unknown]): number =>
  a[0] < b[0] ? -1 : 1;
