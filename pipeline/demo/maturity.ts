import { parse } from 'yaml';
import { demoData } from './settings.ts';
import { Random } from './random.ts';
import type { World } from './world.ts';

interface MaturitySettings {
  answered_on: string[];
  levels: Record<string, number[]>;
  dont_know: number;
  few_answers: string[];
  departments: string[];
}

/** Writes assessment_answer: what people of several departments say of their own company, in two rounds. */
export function writeAnswers(world: World): { levels: Record<string, number[]>; answers: number } {
  const settings = parse(demoData('maturity.yaml')) as MaturitySettings;
  const random = new Random(world.seed * 29 + 2);
  const file = world.folder.open(
    'tables/assessment_answer',
    `indicator_id respondent_id department team region answered_on level comment`,
  );
  const respondents = settings.departments.flatMap((department) => {
    const people = world.people.all.filter(
      (one) => one.department === department && one.activeTo > world.today,
    );
    return Array.from({ length: Math.min(2, people.length) }, (_, i) => people[(i * 7) % people.length]!);
  });
  for (const [indicator, levels] of Object.entries(settings.levels))
    settings.answered_on.forEach((on, round) => {
      const asked = settings.few_answers.includes(indicator) ? respondents.slice(0, 2) : respondents;
      for (const person of asked) {
        if (!random.chance(0.8)) continue;
        const { team, region } = person.places.at(-1)!;
        const scattered = levels[round]! + random.weighted([2, 6, 2]) - 1;
        const level = random.chance(settings.dont_know)
          ? "don't know"
          : String(Math.max(0, Math.min(3, scattered)));
        const comment = random.chance(0.06) ? 'Depends on the region, see my note' : '';
        file.row(indicator, person.id, person.department, team, region, on, level, comment);
      }
    });
  return { levels: settings.levels, answers: file.rows };
}
