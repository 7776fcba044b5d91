import { day } from './calendar.ts';
import { ALWAYS, settle, STILL, type Hire, type Person } from './person.ts';
import type { CompanySettings } from './settings.ts';

export interface Teams {
  reps: Person[];
  managers: Person[];
  vicePresidents: Person[];
}

/** Hires vice presidents, managers and reps, and gives each the places that the settings' changes make of it. */
export function buildTeams(company: CompanySettings, hire: Hire, chief: Person): Teams {
  const vicePresidents = new Map<string, Person>();
  for (const region of company.regions)
    if (!vicePresidents.has(region.vice_president)) {
      const person = hire('vice_president', region.name);
      settle(person, region.vice_president, '', chief.id);
      vicePresidents.set(region.vice_president, person);
    }

  const managerOf = new Map<string, Person>();
  const homeTeam = new Map<Person, string>();
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
        homeTeam.set(hire(role, region.name, from, to), team);
      }
    });

  placeReps(company, homeTeam, managerOf);
  for (const swap of company.manager_swaps)
    for (const [i, team] of swap.teams.entries()) {
      const { places } = managerOf.get(team)!;
      const place = places[0]!;
      place.to = day(swap.on);
      places.push({ ...place, from: place.to, to: STILL, team: swap.teams[1 - i]! });
    }
  return {
    reps: [...homeTeam.keys()],
    managers: [...managerOf.values()],
    vicePresidents: [...vicePresidents.values()],
  };
}

/** Cuts each rep's time where the team or the team's manager changes. */
function placeReps(
  company: CompanySettings,
  homeTeam: Map<Person, string>,
  managerOf: Map<string, Person>,
): void {
  const managerOn = (team: string, on: number): Person => {
    for (const { teams, on: from } of company.manager_swaps)
      if (teams.includes(team) && on >= day(from))
        return managerOf.get(teams[0] === team ? teams[1] : teams[0])!;
    return managerOf.get(team)!;
  };
  const moved = moves(company, homeTeam);
  const turns = [
    ...company.manager_swaps.map((swap) => day(swap.on)),
    ...[...moved.values()].map((move) => move.on),
  ].sort((a, b) => a - b);
  for (const [rep, home] of homeTeam) {
    const inside = turns.filter((on) => on > rep.activeFrom && on < rep.activeTo);
    for (const from of new Set([rep.activeFrom, ...inside])) {
      const move = moved.get(rep);
      const team = move && from >= move.on ? move.to : home;
      const managerId = managerOn(team, from).id;
      const last = rep.places.at(-1);
      if (last && last.team === team && last.managerId === managerId) continue;
      if (last) last.to = from;
      rep.places.push({
        from,
        to: rep.activeTo,
        team,
        region: team.slice(0, team.lastIndexOf(' ')),
        managerId,
      });
    }
  }
}

/** Who moves to another team: the first account executives of the team that were there all along. */
function moves(
  company: CompanySettings,
  homeTeam: Map<Person, string>,
): Map<Person, { to: string; on: number }> {
  const moved = new Map<Person, { to: string; on: number }>();
  for (const move of [...company.moves, ...company.team_changes])
    for (const [rep, home] of homeTeam) {
      const stays = rep.activeFrom === ALWAYS && rep.activeTo === STILL;
      if (home !== move.from || rep.role !== 'account_executive' || !stays || moved.has(rep)) continue;
      moved.set(rep, { to: move.to, on: day(move.on) });
      break;
    }
  return moved;
}
