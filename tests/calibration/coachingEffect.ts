import { mainEffect } from '../../src/lib/questions/coaching/effectOf.ts';
import type { Cell } from './cell.ts';
import { madeCompany, type MadeCompany } from './coachingFacts.ts';

/** What the demo company's coaching does, in points. */
const PLANTED = -3;
const ordinary: MadeCompany = { managers: 9, effect: 0, weak: 0, badSpell: 0 };
const method = 'effect of coaching';
const found = (company: MadeCompany, random: () => number, anticipation: number) =>
  mainEffect(madeCompany(company, random), { anticipation, minimumEffect: 0.01 });

function coverage(facts: string, company: Partial<MadeCompany>): Cell {
  const of = { ...ordinary, ...company };
  return {
    method,
    facts: `${facts}, ${of.effect === 0 ? 'no effect' : 'effect of −3 points'}`,
    counted: 'the 95% interval holds the true effect',
    aim: { atLeast: 0.93 },
    run(random) {
      const { low, high } = found(of, random, 1).overall;
      // No interval would be no answer, and counts as a miss.
      return [low !== null && high !== null && low <= of.effect / 100 && of.effect / 100 <= high];
    },
  };
}

const effects = [0, PLANTED];

/** How often the page's interval holds the truth, and its leads tell a bad spell. */
export const cells: Cell[] = [
  ...effects.map((effect) => coverage('coached reps weak for good', { effect, weak: 4 })),
  ...effects.map((effect) =>
    coverage('six managers, coached reps weak for good', { effect, weak: 4, managers: 6 }),
  ),
  ...effects.map((effect) => coverage('coached after a bad spell', { effect, badSpell: 7 })),
  {
    method,
    facts: 'coached after a bad spell, no quarter left out before the start',
    counted: 'the leads raise their flag',
    aim: { atLeast: 0.8 },
    run: (random) => [found({ ...ordinary, effect: PLANTED, badSpell: 7 }, random, 0).leads.flag],
  },
  {
    method,
    facts: 'coached reps weak for good, effect of −3 points',
    counted: 'the leads raise their flag though nothing was there before',
    aim: { atMost: 0.07 },
    run: (random) => [found({ ...ordinary, effect: PLANTED, weak: 4 }, random, 1).leads.flag],
  },
];
