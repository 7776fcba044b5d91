import { iso, quarterName } from './calendar.ts';
import type { Deal } from './deal.ts';
import { inDollars, netTicks } from './deals.ts';
import { EFFECTS, type Effect } from './discounts.ts';
import { LimitTruth } from './limitTruth.ts';
import { netHad, priced } from './lines.ts';
import { STILL } from './person.ts';
import { QuarterEndTruth } from './quarterEndTruth.ts';
import { addLine, effectTruth, keepId, KEPT_IDS, noRate, rateTruth, share } from './rates.ts';
import type { EffectTruth, RateSums, RateTruth } from './rates.ts';
import type { World } from './world.ts';

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

/** Keeps count of what pricing hides, over won lines whose recorded kind is discretionary. */
export class TruthKeeper {
  private readonly world: World;
  private readonly limit: LimitTruth;
  private readonly quarterEnd: QuarterEndTruth;
  private readonly effects = new Map<Effect, RateSums>();
  private readonly rates = new Map<string, RateSums>();
  private readonly reps = new Map<string, { before: RateSums; since: RateSums; leak: RateSums }>();
  private readonly renewals = { closed: 0, wrong: 0, wrongWon: 0, ids: [] as string[] };
  private readonly valued = { deals: 0, ids: [] as string[] };
  private readonly unearned = new Set<string>();

  constructor(world: World) {
    this.world = world;
    this.limit = new LimitTruth(world);
    this.quarterEnd = new QuarterEndTruth(world);
    for (const effect of EFFECTS) this.effects.set(effect, noRate());
    for (const rep of world.people.reps)
      this.reps.set(rep.id, { before: noRate(), since: noRate(), leak: noRate() });
  }

  add(deal: Deal): void {
    this.limit.add(deal);
    this.quarterEnd.add(deal);
    if (deal.account.unearned) this.unearned.add(deal.account.id);
    if (deal.valueRecorded) {
      this.valued.deals++;
      keepId(this.valued.ids, deal.id);
    }
    if (deal.type === 'renewal' && deal.outcome !== 'open') this.addRenewal(deal);
    if (deal.outcome === 'won') this.addWon(deal);
  }

  private addRenewal(deal: Deal): void {
    this.renewals.closed++;
    if (!deal.wrongRole) return;
    this.renewals.wrong++;
    if (deal.outcome === 'won') this.renewals.wrongWon++;
    keepId(this.renewals.ids, deal.id);
  }

  private addWon(deal: Deal): void {
    const { world } = this;
    const rep = this.reps.get(deal.owner.id)!;
    const coached = deal.closesOn >= world.traits.get(deal.owner)!.coachedFrom;
    const groups = [
      coached ? rep.since : rep.before,
      this.group('all'),
      this.group(`region ${deal.place.region}`),
      this.group(this.quarterEnd.isLate(deal) ? 'late' : 'not late'),
      this.group(deal.valueRecorded ? 'value' : 'no value'),
      this.group(deal.account.unearned ? 'unearned' : `segment ${deal.account.segment.name}`),
    ];
    let first = true;
    for (const line of deal.lines) {
      if (!priced(line) || line.kind !== 'discretionary') continue;
      const list = inDollars(world, deal, line.list);
      const discount = inDollars(world, deal, line.list - netTicks(line));
      for (const sums of groups) {
        addLine(sums, list, discount);
        if (first) sums.deals++;
      }
      first = false;
      if (!line.draws) continue;
      for (const effect of EFFECTS) {
        const points = deal.effects[effect];
        if (points === 0) continue;
        const without = netHad(line, deal.wanted - points, world.settings.planted);
        const extra = inDollars(world, deal, (without - line.net) * 100);
        addLine(this.effects.get(effect)!, list, extra);
        if (effect === 'leakingRep') addLine(rep.leak, list, extra);
      }
    }
  }

  result() {
    const { world, renewals } = this;
    const { planted, company } = world.settings;
    const rate = (name: string): RateTruth => rateTruth(this.group(name));
    const effect = (name: Effect): EffectTruth => effectTruth(this.effects.get(name)!);
    const others = company.regions
      .map((one) => one.name)
      .filter((one) => one !== planted.leaking_region.region);
    return {
      discretionary: rate('all'),
      leaking_reps: this.leakingReps(),
      leaking_region: {
        ...planted.leaking_region,
        realised: rate(`region ${planted.leaking_region.region}`),
        elsewhere: Object.fromEntries(others.map((one) => [one, rate(`region ${one}`)])),
        because_of_it: effect('leakingRegion'),
      },
      quarter_end: {
        extra_points: planted.quarter_end.extra_points,
        ...this.quarterEnd.result(),
        inside: rate('late'),
        outside: rate('not late'),
        because_of_it: effect('quarterEnd'),
      },
      limit: this.limit.result(),
      unearned: {
        group: planted.unearned.group,
        extra_points: planted.unearned.extra_points,
        accounts: this.unearned.size,
        account_ids: [...this.unearned].slice(0, KEPT_IDS),
        realised: rate('unearned'),
        others_in_segment: rate(`segment ${planted.unearned.segment}`),
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
        deals: renewals.wrong,
        won: renewals.wrongWon,
        share_of_closed_renewals: share(renewals.wrong, renewals.closed),
        deal_ids: renewals.ids,
      },
      value_recorded: {
        extra_points: planted.value.extra_points,
        deals: this.valued.deals,
        deal_ids: this.valued.ids,
        with_value: rate('value'),
        without_value: rate('no value'),
        because_of_it: effect('value'),
      },
    };
  }

  private leakingReps() {
    const { world } = this;
    const leaking = world.people.reps.filter((rep) => world.traits.get(rep)!.leaking);
    return leaking.map((rep) => ({
      person_id: rep.id,
      name: rep.name,
      region: rep.places[0]!.region,
      extra_points: world.settings.planted.leaking_reps.extra_points,
      realised: rateTruth(this.reps.get(rep.id)!.before),
      because_of_it: effectTruth(this.reps.get(rep.id)!.leak),
    }));
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

  private group(name: string): RateSums {
    let sums = this.rates.get(name);
    if (!sums) this.rates.set(name, (sums = noRate()));
    return sums;
  }
}

export type Truths = ReturnType<TruthKeeper['result']>;
