import { iso, lastBusinessDays, quarter, quarterName, quarterStart, weekday } from './calendar.ts';
import type { Deal } from './deal.ts';
import { inDollars, netTicks } from './deals.ts';
import { EFFECTS, type Effect } from './discounts.ts';
import { netHad, priced } from './lines.ts';
import { ticks } from './money.ts';
import { STILL } from './people.ts';
import type { World } from './world.ts';

/** Most ids that one list keeps; the counts beside it are always complete. */
const KEEP = 20_000;

interface RateSums {
  deals: number;
  lines: number;
  list: number;
  discount: number;
}

export interface RateTruth {
  deals: number;
  lines: number;
  list_usd: string;
  discount_usd: string;
  /** Discretionary discount ÷ list of the discretionary lines, in percent. */
  rate: number;
}

export interface EffectTruth {
  /** Won discretionary lines that the effect touched. */
  lines: number;
  list_usd: string;
  /** List price given away (negative: kept) because of it: each line's price against the price it would have had. */
  discount_usd: string;
  /** The same in points of list. */
  points: number;
}

export interface RepTruth {
  person_id: string;
  name: string;
  region: string;
  leaking: boolean;
  weak_for_good: boolean;
  coaching_wave: string;
  coached_from: string;
  bad_spell_quarter: string;
  before_coaching: RateTruth;
  since_coaching: RateTruth;
}

const none = (): RateSums => ({ deals: 0, lines: 0, list: 0, discount: 0 });

/** Keeps count of what pricing hides: who leaks, the quarter's end, the limit, coaching, and the rest. */
export class TruthKeeper {
  private readonly world: World;
  private readonly effects = new Map<Effect, RateSums>();
  private readonly rates = new Map<string, RateSums>();
  private readonly reps = new Map<string, { before: RateSums; since: RateSums; effect: RateSums }>();
  private readonly limit = { lines: 0, won_lines: 0, ids: [] as string[], at: new Map<number, number>() };
  private readonly ends = { net: 0, late: 0, deals: 0, lateDeals: 0, evening: [] as string[] };
  private readonly wrong = { closed: 0, renewals: 0, won: 0, ids: [] as string[] };
  private readonly valued = { deals: 0, ids: [] as string[] };
  private readonly unearned = { accounts: new Set<string>() };

  constructor(world: World) {
    this.world = world;
    for (const effect of EFFECTS) this.effects.set(effect, none());
    for (const rep of world.people.reps)
      this.reps.set(rep.id, { before: none(), since: none(), effect: none() });
  }

  add(deal: Deal): void {
    const { ids, today, settings } = this.world;
    if (deal.account.unearned) this.unearned.accounts.add(deal.account.id);
    if (deal.type === 'renewal' && deal.outcome !== 'open') {
      this.wrong.renewals++;
      if (deal.wrongRole) {
        this.wrong.closed++;
        if (deal.outcome === 'won') this.wrong.won++;
        keep(this.wrong.ids, deal.id);
      }
    }
    if (deal.valueRecorded) {
      this.valued.deals++;
      keep(this.valued.ids, deal.id);
    }
    if (deal.lateEvening) keep(this.ends.evening, deal.id);
    for (const line of deal.lines) {
      if (!line.draws || line.ramp !== '') continue;
      this.limit.at.set(line.permille, (this.limit.at.get(line.permille) ?? 0) + 1);
      if (!line.pulled) continue;
      this.limit.lines++;
      if (deal.outcome === 'won') this.limit.won_lines++;
      keep(this.limit.ids, ids.line(line.number));
    }
    if (deal.outcome !== 'won') return;

    const q = quarter(deal.closesOn);
    const late = deal.closesOn >= lastBusinessDays(q, settings.company.rush_business_days);
    if (quarterStart(q + 1) <= today) {
      const net = inDollars(this.world, deal, deal.net * 100);
      this.ends.deals++;
      this.ends.net += net;
      if (late) {
        this.ends.lateDeals++;
        this.ends.late += net;
      }
    }
    const trait = this.world.traits.get(deal.owner)!;
    const rep = this.reps.get(deal.owner.id)!;
    const groups = [
      'all',
      `region ${deal.place.region}`,
      late ? 'last ten business days' : 'rest of the quarter',
      deal.valueRecorded ? 'value recorded' : 'no value recorded',
      deal.account.unearned ? 'unearned group' : `others in ${deal.account.segment.name}`,
    ].map((name) => at(this.rates, name));
    groups.push(deal.closesOn >= trait.coachedFrom ? rep.since : rep.before);
    let counted = false;
    for (const line of deal.lines) {
      if (!priced(line) || line.kind !== 'discretionary') continue;
      const list = inDollars(this.world, deal, line.list);
      const discount = inDollars(this.world, deal, line.list - netTicks(line));
      for (const sums of groups) {
        sums.lines++;
        sums.list += list;
        sums.discount += discount;
        if (!counted) sums.deals++;
      }
      counted = true;
      if (!line.draws) continue;
      for (const effect of EFFECTS) {
        const points = deal.effects[effect];
        if (points === 0) continue;
        const without = netHad(line, deal.wanted - points, settings.planted);
        const extra = inDollars(this.world, deal, (without - line.net) * 100);
        add(this.effects.get(effect)!, list, extra);
        if (effect === 'leakingRep') add(rep.effect, list, extra);
      }
    }
  }

  result() {
    const { world, limit, ends, wrong } = this;
    const { planted, company } = world.settings;
    const rate = (name: string): RateTruth => rateTruth(at(this.rates, name));
    const effect = (name: Effect): EffectTruth => effectTruth(this.effects.get(name)!);
    const near = [...limit.at].reduce(
      (sum, [permille, n]) => sum + (permille >= 195 && permille <= 200 ? n : 0),
      0,
    );
    return {
      discretionary: rate('all'),
      leaking_reps: world.people.reps
        .filter((rep) => world.traits.get(rep)!.leaking)
        .map((rep) => {
          const sums = this.reps.get(rep.id)!;
          return {
            person_id: rep.id,
            name: rep.name,
            region: rep.places[0]!.region,
            extra_points: planted.leaking_reps.extra_points,
            realised: rateTruth(sums.before),
            because_of_it: effectTruth(sums.effect),
          };
        }),
      leaking_region: {
        ...planted.leaking_region,
        realised: rate(`region ${planted.leaking_region.region}`),
        elsewhere: Object.fromEntries(
          company.regions
            .filter((one) => one.name !== planted.leaking_region.region)
            .map((one) => [one.name, rate(`region ${one.name}`)]),
        ),
        because_of_it: effect('leakingRegion'),
      },
      quarter_end: {
        extra_points: planted.quarter_end.extra_points,
        business_days: company.rush_business_days,
        first_days: this.lateWindows(),
        share_of_net: share(ends.late, ends.net),
        share_of_deals: share(ends.lateDeals, ends.deals),
        share_expected: this.expectedShare(),
        inside: rate('last ten business days'),
        outside: rate('rest of the quarter'),
        because_of_it: effect('quarterEnd'),
        closed_at_2330_local: ends.evening,
      },
      limit: {
        rate: planted.limit.rate,
        lines_pulled: limit.lines,
        won_lines_pulled: limit.won_lines,
        lines_from_19_5_to_20: near,
        lines_at: Object.fromEntries(
          [5, 10, 15, 20, 25, 30].map((percent) => [percent, limit.at.get(percent * 10) ?? 0]),
        ),
        pulled_deal_line_ids: limit.ids,
      },
      unearned: {
        group: planted.unearned.group,
        extra_points: planted.unearned.extra_points,
        account_ids: [...this.unearned.accounts].slice(0, KEEP),
        realised: rate('unearned group'),
        others_in_segment: rate(`others in ${planted.unearned.segment}`),
        because_of_it: effect('unearned'),
      },
      list_price_rise: planted.list_price_rise,
      coaching: {
        effect_points: planted.coaching.effect_points,
        effect_realised: effect('coaching'),
        weak_reps: effect('weakRep'),
        bad_spells: effect('badSpell'),
        bad_spell_region: planted.coaching.bad_spell.region,
        reps: this.repTruths(),
      },
      renewals_by_wrong_role: {
        right_role: 'account_manager',
        wrong_role: 'account_executive',
        deals: wrong.closed,
        won: wrong.won,
        share_of_closed_renewals: share(wrong.closed, wrong.renewals),
        deal_ids: wrong.ids,
      },
      value_recorded: {
        extra_points: planted.value.extra_points,
        deals: this.valued.deals,
        deal_ids: this.valued.ids,
        with_value: rate('value recorded'),
        without_value: rate('no value recorded'),
        because_of_it: effect('value'),
      },
    };
  }

  private repTruths(): RepTruth[] {
    return this.world.people.reps.map((rep) => {
      const trait = this.world.traits.get(rep)!;
      const sums = this.reps.get(rep.id)!;
      return {
        person_id: rep.id,
        name: rep.name,
        region: rep.places[0]!.region,
        leaking: trait.leaking,
        weak_for_good: trait.weak,
        coaching_wave: trait.wave,
        coached_from: trait.coachedFrom === STILL ? '' : iso(trait.coachedFrom),
        bad_spell_quarter: trait.badSpell < 0 ? '' : quarterName(trait.badSpell),
        before_coaching: rateTruth(sums.before),
        since_coaching: rateTruth(sums.since),
      };
    });
  }

  private lateWindows(): Record<string, string> {
    const { firstDay, today, settings } = this.world;
    const windows: Record<string, string> = {};
    for (let q = quarter(firstDay); quarterStart(q + 1) <= today; q++)
      windows[quarterName(q)] = iso(lastBusinessDays(q, settings.company.rush_business_days));
    return windows;
  }

  private expectedShare(): number {
    const { firstDay, today, settings } = this.world;
    let days = 0;
    let quarters = 0;
    for (let q = quarter(firstDay); quarterStart(q + 1) <= today; q++, quarters++)
      for (let on = quarterStart(q); on < quarterStart(q + 1); on++) if (weekday(on) < 5) days++;
    return share(quarters * settings.company.rush_business_days, days);
  }
}

export type Truths = ReturnType<TruthKeeper['result']>;

function add(sums: RateSums, list: number, discount: number): void {
  sums.lines++;
  sums.list += list;
  sums.discount += discount;
}

function rateTruth(sums: RateSums): RateTruth {
  return {
    deals: sums.deals,
    lines: sums.lines,
    list_usd: ticks(sums.list),
    discount_usd: ticks(sums.discount),
    rate: percent(sums),
  };
}

function effectTruth(sums: RateSums): EffectTruth {
  return {
    lines: sums.lines,
    list_usd: ticks(sums.list),
    discount_usd: ticks(sums.discount),
    points: percent(sums),
  };
}

const percent = (sums: RateSums): number =>
  sums.list === 0 ? 0 : Math.round((sums.discount / sums.list) * 10_000) / 100;
const share = (part: number, of: number): number =>
  of === 0 ? 0 : Math.round((part / of) * 10_000) / 10_000;

function keep(list: string[], id: string): void {
  if (list.length < KEEP) list.push(id);
}

function at(map: Map<string, RateSums>, name: string): RateSums {
  let sums = map.get(name);
  if (!sums) map.set(name, (sums = none()));
  return sums;
}
