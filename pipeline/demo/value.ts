import { parse } from 'yaml';
import { iso } from './calendar.ts';
import type { Account } from './customers.ts';
import type { Deal } from './deal.ts';
import { divide, ticks } from './money.ts';
import { demoData } from './settings.ts';
import { planRate, type World } from './world.ts';

interface Outcome {
  id: string;
  name: string;
  kind: string;
  terminal?: boolean;
  personas: string[];
}

export interface ValueFiles {
  /** `worth` is what the deal says it is worth to the customer, in cents of its currency. */
  deal(deal: Deal, worth: number): void;
  account(account: Account): void;
}

/** Writes the value network and opens value_assessment and value_finding. */
export function openValue(world: World): ValueFiles {
  const { folder, random, people, today, firstDay } = world;
  const { outcomes, links } = parse(demoData('value.yaml')) as {
    outcomes: Outcome[];
    links: [string, string][];
  };
  const network = folder.open('tables/value_outcome', `outcome_id name kind is_terminal personas`);
  for (const one of outcomes)
    network.row(one.id, one.name, one.kind, one.terminal === true, one.personas.join(';'));
  const linkFile = folder.open('tables/value_link', `from_outcome_id to_outcome_id`);
  for (const [from, to] of links) linkFile.row(from, to);
  const assessments = folder.open(
    'tables/value_assessment',
    `deal_id outcome_id persona value_amount evidence assessed_by assessed_on`,
  );
  const findings = folder.open(
    'tables/value_finding',
    `finding_id account_id deal_id person_id found_on outcome_id is_anticipated`,
  );
  const terminal = outcomes.filter((one) => one.terminal);
  const before = outcomes.filter((one) => !one.terminal && one.kind === 'outcome');
  const finders = ['csm', 'technology_manager', 'customer_service', 'delivery_manager', 'account_manager'];

  return {
    deal(deal, worth) {
      if (worth <= 0) return;
      const dollars = divide(
        worth * planRate(world.settings, deal.account.region.currency, deal.closesOn),
        100,
      );
      const chosen = terminal.filter(() => random.chance(0.5));
      if (chosen.length === 0) chosen.push(random.pick(terminal));
      const confirmed = random.chance(world.settings.planted.value.customer_confirmed);
      const on = Math.min(today - 1, deal.createdOn + Math.round((deal.closesOn - deal.createdOn) * 0.5));
      let left = dollars;
      chosen.forEach((one, i) => {
        const part = i === chosen.length - 1 ? left : Math.floor(dollars / chosen.length / 100) * 100;
        left -= part;
        write(deal, one, part, confirmed, on);
      });
      // A step on the way, which must not be counted a second time.
      if (random.chance(0.4))
        write(deal, random.pick(before), Math.floor(dollars / 300) * 100, confirmed, on);
    },
    account(account) {
      if (account.customerSince >= today || !random.chance(0.35)) return;
      for (let n = random.whole(1, 3); n > 0; n--) {
        const on = firstDay + random.whole(200, today - firstDay - 1);
        if (on < account.customerSince) continue;
        const person = people.choose(random, random.pick(finders), account.region.name, on);
        const id = `VF-${String(findings.rows + 1).padStart(5, '0')}`;
        findings.row(id, account.id, '', person.id, iso(on), random.pick(outcomes).id, random.chance(0.21));
      }
    },
  };

  function write(deal: Deal, one: Outcome, amount: number, confirmed: boolean, on: number): void {
    const persona = one.personas[0]!;
    const evidence = confirmed ? 'customer_confirmed' : 'rep_estimated';
    assessments.row(deal.id, one.id, persona, ticks(amount * 100), evidence, deal.owner.id, iso(on));
  }
}
