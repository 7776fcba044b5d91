import { iso } from './calendar.ts';
import type { Account, Tenure } from './customers.ts';
import { STILL } from './person.ts';
import { KEPT_IDS } from './rates.ts';
import { span } from './reference.ts';
import type { World } from './world.ts';

/** A customer that had no owner, or two, from one day to another. */
export interface OwnerFault {
  account_id: string;
  person_ids: string[];
  from: string;
  to: string;
  days: number;
}

export interface RoleFiles {
  account(account: Account): void;
  orphaned: OwnerFault[];
  twoOwners: OwnerFault[];
}

/** Opens account_role: owners with their gaps and overlaps, account managers, customer success, technology managers. */
export function openRoles(world: World): RoleFiles {
  const { folder, random, people, today } = world;
  const rules = world.settings.planted.ownership;
  const file = folder.open('tables/account_role', `account_id person_id role valid_from valid_to`);
  const orphaned: OwnerFault[] = [];
  const twoOwners: OwnerFault[] = [];

  return {
    orphaned,
    twoOwners,
    account(account) {
      for (const one of owners(account)) write(account, one, 'owner');
      if (account.customerSince >= today) return;
      const since = Math.max(account.customerSince, account.createdOn);
      for (const one of account.managers)
        if (one.to > since) write(account, { ...one, from: Math.max(one.from, since) }, 'account_manager');
      write(account, { person: account.csm, from: since, to: STILL }, 'csm');
      if (account.segment.name !== 'Enterprise') return;
      const expert = people.choose(random, 'technology_manager', account.region.name, today);
      write(account, { person: expert, from: since, to: STILL }, 'technology_manager');
    },
  };

  function write(account: Account, one: Tenure, role: string): void {
    file.line(`${account.id},${one.person.id},${role},${span(one.from, one.to).join(',')}`);
  }

  /** Executives own prospects; a month after the first order the account manager takes over. */
  function owners(account: Account): Tenure[] {
    const handover = account.fromBefore ? account.createdOn : Math.min(account.customerSince + 30, STILL);
    const planned: Tenure[] = [];
    const take = (tenures: Tenure[], from: number, to: number): void => {
      for (const one of tenures) {
        const part = { person: one.person, from: Math.max(one.from, from), to: Math.min(one.to, to) };
        if (one === tenures[0]) part.from = from;
        if (part.from < part.to && part.from < today) planned.push(part);
      }
    };
    if (!account.fromBefore)
      take(account.executives, account.createdOn, handover >= today ? STILL : handover);
    if (handover < today) take(account.managers, handover, STILL);

    const result: Tenure[] = [];
    for (const [i, one] of planned.entries()) {
      const next = planned[i + 1];
      const before = result.at(-1);
      const left = before !== undefined && before.person.activeTo === before.to;
      if (left && random.chance(rules.orphaned_after_leaver)) {
        const never = !next && random.chance(rules.never_reassigned);
        const back = never ? STILL : one.from + random.whole(...rules.orphaned_days);
        const to = Math.min(back, today);
        if (back < one.to) {
          hold(orphaned, fault(account, [before.person.id], one.from, to));
          result.push({ ...one, from: back });
        } else if (never) hold(orphaned, fault(account, [before.person.id], one.from, today));
        else result.push(one);
        continue;
      }
      if (before && !left && before.person !== one.person && random.chance(rules.two_owners)) {
        const to = Math.min(
          before.to + random.whole(...rules.two_owners_days),
          before.person.activeTo,
          one.to,
        );
        if (to > before.to) {
          hold(twoOwners, fault(account, [before.person.id, one.person.id], one.from, Math.min(to, today)));
          before.to = to >= today ? STILL : to;
        }
      }
      result.push(one);
    }
    return result.filter((one) => one.from < today);
  }
}

function hold(list: OwnerFault[], one: OwnerFault): void {
  if (list.length < KEPT_IDS) list.push(one);
}

function fault(account: Account, person_ids: string[], from: number, to: number): OwnerFault {
  return { account_id: account.id, person_ids, from: iso(from), to: iso(to), days: to - from };
}
