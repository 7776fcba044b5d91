import { salesforceIds } from './identifiers.ts';
import { ALWAYS, placeOn, settle, STILL, TITLES, type Person } from './person.ts';
import { Random } from './random.ts';
import type { CompanySettings, Names } from './settings.ts';
import { buildTeams, type Teams } from './teams.ts';

export interface People extends Teams {
  all: Person[];
  chief: Person;
  /** People of a role in a region, whenever they were there. */
  of(role: string, region: string): Person[];
  /** Who came into a region in that role after the others, and when. */
  arrivals(role: string, region: string): { person: Person; on: number }[];
  /** Someone of that role who is in that region on that day. */
  choose(random: Random, role: string, region: string, on: number): Person;
}

/** Everyone at the company: reps in teams, their managers, and the roles beside them. */
export function buildPeople(company: CompanySettings, names: Names, seed: number): People {
  const random = new Random(seed * 31 + 5);
  const id = salesforceIds('005');
  const all: Person[] = [];
  const taken = new Set<string>();

  function hire(role: string, region: string, from = ALWAYS, to = STILL): Person {
    const draw = (): string => `${random.pick(names.first[region]!)} ${random.pick(names.last[region]!)}`;
    let name = draw();
    while (taken.has(name)) name = draw();
    taken.add(name);
    const [title, department] = TITLES[role]!;
    const email = `${name
      .normalize('NFD')
      .replace(/[^A-Za-z ]/g, '')
      .toLowerCase()
      .replace(/ /g, '.')}@larkfield.example`;
    const person = {
      id: id(all.length + 40),
      name,
      email,
      role,
      title,
      department,
      activeFrom: from,
      activeTo: to,
      places: [],
    };
    all.push(person);
    return person;
  }
  const chief = hire('chief_revenue_officer', 'East');
  settle(chief, 'Company', '', '');
  const teams = buildTeams(company, hire, chief);
  const beside: [string, number][] = [
    ['technology_manager', 2],
    ['csm', 3],
    ['partner_manager', 1],
    ['delivery_manager', 1],
    ['marketing', 1],
    ['customer_service', 1],
  ];
  for (const region of company.regions)
    for (const [role, count] of beside)
      for (let n = 0; n < count; n++)
        settle(hire(role, region.name), TITLES[role]![1], region.name, chief.id);
  for (let n = 0; n < 3; n++) settle(hire('enablement', n < 2 ? 'East' : 'DACH'), 'Enablement', '', chief.id);
  for (let n = 0; n < 2; n++) settle(hire('finance', 'East'), 'Finance', '', '');

  const byRole = new Map<string, Person[]>();
  for (const person of all)
    for (const place of person.places) {
      const key = `${person.role}|${place.region}`;
      const list = byRole.get(key) ?? [];
      if (!list.includes(person)) list.push(person);
      byRole.set(key, list);
    }
  const of = (role: string, region: string): Person[] => byRole.get(`${role}|${region}`) ?? [];
  const arrivals = new Map<string, { person: Person; on: number }[]>();
  for (const person of teams.reps)
    for (const [i, place] of person.places.entries()) {
      if (place.from === ALWAYS || person.places[i - 1]?.region === place.region) continue;
      const key = `${person.role}|${place.region}`;
      arrivals.set(key, [...(arrivals.get(key) ?? []), { person, on: place.from }]);
    }
  return {
    ...teams,
    all,
    chief,
    of,
    arrivals: (role, region) => arrivals.get(`${role}|${region}`) ?? [],
    choose(from, role, region, on) {
      const list = of(role, region);
      const start = Math.floor(from.next() * list.length);
      for (let i = 0; i < list.length; i++) {
        const person = list[(start + i) % list.length]!;
        if (on >= person.activeFrom && on < person.activeTo && placeOn(person, on).region === region)
          return person;
      }
      return list[start]!;
    },
  };
}
