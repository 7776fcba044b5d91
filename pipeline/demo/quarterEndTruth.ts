import { iso, lastBusinessDays, quarter, quarterName, quarterStart, weekday } from './calendar.ts';
import type { Deal } from './deal.ts';
import { inDollars } from './deals.ts';
import { keepId, share } from './rates.ts';
import type { World } from './world.ts';

/** Keeps count of what closes in the last business days of the complete quarters. */
export class QuarterEndTruth {
  private readonly world: World;
  private net = 0;
  private lateNet = 0;
  private deals = 0;
  private lateDeals = 0;
  private readonly evening: string[] = [];

  constructor(world: World) {
    this.world = world;
  }

  isLate(deal: Deal): boolean {
    const { rush_business_days } = this.world.settings.company;
    return deal.closesOn >= lastBusinessDays(quarter(deal.closesOn), rush_business_days);
  }

  add(deal: Deal): void {
    if (deal.lateEvening) keepId(this.evening, deal.id);
    if (deal.outcome !== 'won' || quarterStart(quarter(deal.closesOn) + 1) > this.world.today) return;
    const net = inDollars(this.world, deal, deal.net * 100);
    this.deals++;
    this.net += net;
    if (!this.isLate(deal)) return;
    this.lateDeals++;
    this.lateNet += net;
  }

  result() {
    const { firstDay, today, settings } = this.world;
    const n = settings.company.rush_business_days;
    const first_days: Record<string, string> = {};
    let days = 0;
    let quarters = 0;
    for (let q = quarter(firstDay); quarterStart(q + 1) <= today; q++, quarters++) {
      first_days[quarterName(q)] = iso(lastBusinessDays(q, n));
      for (let on = quarterStart(q); on < quarterStart(q + 1); on++) if (weekday(on) < 5) days++;
    }
    return {
      business_days: n,
      first_days,
      share_of_net: share(this.lateNet, this.net),
      share_of_deals: share(this.lateDeals, this.deals),
      share_expected: share(quarters * n, days),
      closed_at_2330_local: this.evening,
    };
  }
}
