import { day } from './calendar.ts';
import { salesforceIds } from './identifiers.ts';
import { Random } from './random.ts';
import type { CompanySettings, Names } from './settings.ts';

export const ALWAYS = 0; // an open start of a span
export const STILL = 99_999; // an open end of a span

/** A person's place from one day to (not including) another. */
export interface Place {
  from: number;
  to: number;
  team: string;
  region: string;
  managerId: string;
}

export interface Person {
  id: string;
  name: string;
  email: string;
  role: string;
  title: string;
  department: string;
  activeFrom: number;
  activeTo: number;
  places: Place[];
}

/** Where someone was on a day; the nearest place for days before they came or after they left. */
export function placeOn(person: Person, on: number): Place {
  let last = person.places[0]!;
  for (const place of person.places) {
    if (on < place.from) break;
    last = place;
  }
  return last;
}

const TITLES: Record<string, [string, string]> = {
  account_executive: ['Account Executive', 'Sales'],
  account_manager: ['Account Manager', 'Sales'],
  sales_manager: ['Sales Manager', 'Sales'],
  vice_president: ['Vice President Sales', 'Sales'],
  chief_revenue_officer: ['Chief Revenue Officer', 'Sales'],
  technology_manager: ['Solutions Consultant', 'Presales'],
  csm: ['Customer Success Manager', 'Customer Success'],
  partner_manager: ['Partner Manager', 'Alliances'],
  delivery_manager: ['Delivery Manager', 'Services'],
  enablement: ['Enablement Coach', 'Enablement'],
  marketing: ['Marketing Manager', 'Marketing'],
  customer_service: ['Customer Service Lead', 'Customer Service'],
  finance: ['Finance Business Partner', 'Finance'],
};

export interface People {
  all: Person[];
  reps: Person[];
  managers: Person[];
  vicePresidents: Person[];
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
  const settle = (person: Person, team: string, region: string, managerId: string): void => {
    person.places.push({ from: person.activeFrom, to: person.activeTo, team, region, managerId });
  };

  const chief = hire('chief_revenue_officer', 'East');
  settle(chief, 'Company', '', '');
  const vicePresidents = new Map<string, Person>();
  for (const region of company.regions)
    if (!vicePresidents.has(region.vice_president)) {
      const person = hire('vice_president', region.name);
      settle(person, region.vice_president, '', chief.id);
      vicePresidents.set(region.vice_president, person);
    }

  const managerOf = new Map<string, Person>();
  const reps: Person[] = [];
  const homeTeam = new Map<Person, string>();
  const regionOf = (team: string): string => team.slice(0, team.lastIndexOf(' '));
  for (const region of company.regions)
    region.teams.forEach((size, i) => {
      const team = `${region.name} ${i + 1}`;
      const manager = hire('sales_manager', region.name);
      settle(manager, team, region.name, vicePresidents.get(region.vice_president)!.id);
      managerOf.set(team, manager);
      const joiner = company.joiners.find((entry) => entry.team === team);
      const leaver = company.leavers.find((entry) => entry.team === team);
      for (let n = 0; n < size; n++) {
        const role = n < company.account_managers_per_team ? 'account_manager' : 'account_executive';
        const from = n === size - 1 && joiner ? day(joiner.on) : ALWAYS;
        const to = n === size - 2 && leaver ? day(leaver.on) : STILL;
        const rep = hire(role, region.name, from, to);
        reps.push(rep);
        homeTeam.set(rep, team);
      }
    });

  // Spans of a team's manager and of a rep's team, crossed with each other.
  const managerOn = (team: string, on: number): Person => {
    for (const swap of company.manager_swaps)
      if (swap.teams.includes(team) && on >= day(swap.on))
        return managerOf.get(swap.teams[0] === team ? swap.teams[1] : swap.teams[0])!;
    return managerOf.get(team)!;
  };
  const moved = new Map<Person, { to: string; on: number }>();
  for (const move of [...company.moves, ...company.team_changes]) {
    const candidates = reps.filter(
      (rep) =>
        homeTeam.get(rep) === move.from &&
        rep.role === 'account_executive' &&
        rep.activeFrom === ALWAYS &&
        rep.activeTo === STILL &&
        !moved.has(rep),
    );
    moved.set(candidates[0]!, { to: move.to, on: day(move.on) });
  }
  const turns = [
    ...company.manager_swaps.map((swap) => day(swap.on)),
    ...[...moved.values()].map((move) => move.on),
  ];
  for (const rep of reps) {
    const days = [
      ...new Set([rep.activeFrom, ...turns.filter((on) => on > rep.activeFrom && on < rep.activeTo)]),
    ];
    for (const from of days.sort((a, b) => a - b)) {
      const move = moved.get(rep);
      const team = move && from >= move.on ? move.to : homeTeam.get(rep)!;
      const managerId = managerOn(team, from).id;
      const last = rep.places.at(-1);
      if (last && last.team === team && last.managerId === managerId) continue;
      if (last) last.to = from;
      rep.places.push({ from, to: rep.activeTo, team, region: regionOf(team), managerId });
    }
  }
  for (const swap of company.manager_swaps)
    for (const [i, team] of swap.teams.entries()) {
      const place = managerOf.get(team)!.places[0]!;
      place.to = day(swap.on);
      managerOf.get(team)!.places.push({ ...place, from: place.to, to: STILL, team: swap.teams[1 - i]! });
    }

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
  for (const person of reps)
    for (const [i, place] of person.places.entries()) {
      if (place.from === ALWAYS || person.places[i - 1]?.region === place.region) continue;
      const key = `${person.role}|${place.region}`;
      arrivals.set(key, [...(arrivals.get(key) ?? []), { person, on: place.from }]);
    }
  return {
    all,
    reps,
    managers: [...managerOf.values()],
    vicePresidents: [...vicePresidents.values()],
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
