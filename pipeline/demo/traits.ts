import { day, quarter } from './calendar.ts';
import type { People } from './people.ts';
import { STILL, type Person } from './person.ts';
import { Random } from './random.ts';
import type { Settings } from './settings.ts';

/** What is true of one rep and written nowhere in the exports. */
export interface Traits {
  /** Points of discount that this rep always gives more (or less) than others. */
  points: number;
  /** Factor on the chance to win. */
  skill: number;
  leaking: boolean;
  weak: boolean;
  wave: '' | 'weak' | 'bad_spell' | 'ordinary';
  coachedFrom: number;
  /** The quarter of a bad spell, or −1. */
  badSpell: number;
}

/** Decides who leaks, who is weak for good, who has a bad spell, and when whose coaching starts. */
export function drawTraits(settings: Settings, people: People, seed: number): Map<Person, Traits> {
  const random = new Random(seed * 17 + 3);
  const { coaching, leaking_reps } = settings.planted;
  const traits = new Map<Person, Traits>();
  for (const rep of people.reps)
    traits.set(rep, {
      points: random.normal() * settings.company.discounts.rep_spread,
      skill: 1 + 0.1 * random.normal(),
      leaking: false,
      weak: false,
      wave: '',
      coachedFrom: STILL,
      badSpell: -1,
    });

  const stays = (rep: Person): boolean =>
    rep.activeTo === STILL && rep.activeFrom < day(settings.company.first_day);
  for (const { team, role } of leaking_reps.who) {
    const rep = people.reps.find(
      (one) => one.role === role && stays(one) && one.places.every((place) => place.team === team),
    );
    traits.get(rep!)!.leaking = true;
  }

  const free = (rep: Person): boolean =>
    !traits.get(rep)!.leaking && traits.get(rep)!.wave === '' && stays(rep);
  const coach = (reps: Person[], wave: Traits['wave'], starts: string[]): void =>
    reps.forEach((rep, i) => {
      const trait = traits.get(rep)!;
      trait.wave = wave;
      trait.coachedFrom = day(starts[i % starts.length]!);
      trait.weak = wave === 'weak';
      if (wave === 'bad_spell') trait.badSpell = quarter(trait.coachedFrom) - 1;
    });
  const shuffled = (reps: Person[]): Person[] =>
    reps
      .map((rep) => ({ rep, at: random.next() }))
      .sort((a, b) => a.at - b.at)
      .map(({ rep }) => rep);
  const region = (rep: Person): string => rep.places[0]!.region;

  const { weak, bad_spell, ordinary } = coaching;
  coach(
    shuffled(people.reps.filter((rep) => region(rep) === bad_spell.region)),
    'bad_spell',
    bad_spell.starts,
  );
  const candidates = people.reps.filter((rep) => free(rep) && weak.regions.includes(region(rep)));
  coach(shuffled(candidates).slice(0, weak.reps), 'weak', weak.starts);
  coach(shuffled(people.reps.filter(free)).slice(0, ordinary.reps), 'ordinary', ordinary.starts);
  return traits;
}
