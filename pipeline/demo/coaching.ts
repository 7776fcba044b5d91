import { parse } from 'yaml';
import { day, iso } from './calendar.ts';
import type { Deal } from './deal.ts';
import { placeOn, STILL, type Person } from './person.ts';
import { Random } from './random.ts';
import { demoData } from './settings.ts';
import type { World } from './world.ts';

interface EnablementSettings {
  sessions_per_month: number;
  minutes: number[];
  focus: Record<string, number>;
  ride_along: number;
  skills: string[];
  trainings: { on: string; skill: string; minutes: number }[];
  training_attendance: number;
  loops: { kind: string; opened: string; closed: string | null; evidence: string }[];
}

/** Writes coaching sessions, trainings and improvement loops; remembers deals that a session can be about. */
export class CoachingWriter {
  private readonly world: World;
  private readonly settings = parse(demoData('enablement.yaml')) as EnablementSettings;
  private readonly deals = new Map<Person, Deal[]>();

  constructor(world: World) {
    this.world = world;
  }

  /** The first deals of each rep are enough to talk about. */
  add(deal: Deal): void {
    const known = this.deals.get(deal.owner);
    if (!known) this.deals.set(deal.owner, [deal]);
    else if (known.length < 200) known.push(deal);
  }

  write(): void {
    const { world, settings } = this;
    const random = new Random(world.seed * 23 + 11);
    const file = world.folder.open(
      'tables/coaching_session',
      `session_id rep_id coach_id held_on minutes kind skill deal_id focus`,
    );
    const row = (
      rep: Person,
      coach: string,
      on: number,
      minutes: number,
      kind: string,
      ...rest: string[]
    ): void =>
      file.row(
        `CS-${String(file.rows + 1).padStart(5, '0')}`,
        rep.id,
        coach,
        iso(on),
        minutes,
        kind,
        ...rest,
      );
    const trainers = world.people.all.filter((person) => person.role === 'enablement');

    for (const rep of world.people.reps) {
      for (const training of settings.trainings) {
        const on = day(training.on);
        if (on < rep.activeFrom || on >= rep.activeTo || !random.chance(settings.training_attendance))
          continue;
        row(rep, random.pick(trainers).id, on, training.minutes, 'training', training.skill, '', '');
      }
      const from = world.traits.get(rep)!.coachedFrom;
      if (from === STILL) continue;
      const gap = 30.4 / settings.sessions_per_month;
      for (let at = from + random.whole(0, 6); at < world.today; at += gap * (0.6 + 0.8 * random.next())) {
        const on = Math.floor(at);
        const [focus, dealId] = this.topic(random, rep, on);
        const kind = random.chance(settings.ride_along) ? 'ride_along' : 'coaching';
        const coach = placeOn(rep, on).managerId;
        row(rep, coach, on, random.pick(settings.minutes), kind, random.pick(settings.skills), dealId, focus);
      }
    }

    const loops = world.folder.open('tables/improvement_loop', `loop_id kind opened_on closed_on evidence`);
    settings.loops.forEach((loop, i) =>
      loops.row(`L-${i + 1}`, loop.kind, loop.opened, loop.closed ?? '', loop.evidence),
    );
  }

  private topic(random: Random, rep: Person, on: number): [string, string] {
    const { focus } = this.settings;
    const name = Object.keys(focus)[random.weighted(Object.values(focus))]!;
    if (name !== 'one_deal') return [name, ''];
    const open = (this.deals.get(rep) ?? []).filter((deal) => deal.createdOn <= on && deal.closesOn >= on);
    return open.length > 0 ? [name, random.pick(open).id] : ['trailing_result', ''];
  }
}
