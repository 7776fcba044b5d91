import { addMonths, iso, quarter, quarterName, quarterStart } from './calendar.ts';
import type { Account } from './customers.ts';
import { Random } from './random.ts';
import { partnerId } from './salesforce.ts';
import { STILL } from './person.ts';
import type { Totals } from './totals.ts';
import type { World } from './world.ts';

/** Share of a quarter's bookings that each department spends. */
const SPEND: [department: string, share: number][] = [
  ['Sales', 0.21],
  ['Presales', 0.035],
  ['Marketing', 0.09],
  ['Customer Success', 0.045],
  ['Enablement', 0.012],
  ['Research and Development', 0.17],
  ['General and Administration', 0.1],
];

/** Writes quota, expense, income_statement, discount_budget: plans and books that follow from what was sold. */
export function writeFinance(world: World, totals: Totals): void {
  const { folder, people, firstDay, today } = world;
  const random = new Random(world.seed * 37 + 4);
  const net = (name: string): number => {
    const sums = totals.by_quarter[name];
    return sums ? Number(sums.net) + Number(sums.unpriced_net) : 0;
  };
  const quarters: number[] = [];
  for (let q = quarter(firstDay); quarterStart(q) < today; q++) quarters.push(q);
  const complete = quarters.filter((q) => quarterStart(q + 1) <= today);
  const usual = complete.reduce((sum, q) => sum + net(quarterName(q)), 0) / complete.length;
  const trend = (q: number): number => usual * (1 + 0.035 * (q - complete[Math.floor(complete.length / 2)]!));
  const rounded = (value: number, to: number): string => `${Math.round(value / to) * to}.00`;

  const quota = folder.open('tables/quota', `person_id period_start period_end amount`);
  for (const q of quarters)
    for (const rep of people.reps) {
      const [start, end] = [quarterStart(q), quarterStart(q + 1)];
      if (rep.activeFrom >= end || rep.activeTo <= start) continue;
      const share = rep.role === 'account_manager' ? 1.7 : 0.7;
      quota.row(rep.id, iso(start), iso(end), rounded((trend(q) / people.reps.length) * share * 1.12, 1000));
    }

  const expense = folder.open('tables/expense', `period_start department amount`);
  for (let on = firstDay; on < today; on = addMonths(on, 1))
    for (const [department, share] of SPEND)
      expense.row(
        iso(on),
        department,
        rounded((trend(quarter(on)) / 3) * share * (0.95 + 0.1 * random.next()), 100),
      );

  const books = folder.open(
    'tables/income_statement',
    `period_start revenue cost_of_revenue operating_expense operating_profit`,
  );
  for (const q of complete) {
    const revenue = Math.round((trend(q) * (0.96 + 0.05 * random.next())) / 1000) * 1000;
    const cost = Math.round((revenue * (0.245 + 0.015 * random.next())) / 1000) * 1000;
    const operating = Math.round((trend(q) * SPEND.reduce((sum, [, share]) => sum + share, 0)) / 1000) * 1000;
    const cells = [revenue, cost, operating, revenue - cost - operating].map((value) => `${value}.00`);
    books.row(iso(quarterStart(q)), ...cells);
  }

  const budget = folder.open('tables/discount_budget', `period_start region amount`);
  for (const q of quarters)
    for (const region of world.settings.company.regions) {
      const list = Number(totals.by_region[region.name]?.list ?? 0) / complete.length;
      budget.row(iso(quarterStart(q)), region.name, rounded((list * 0.155 * trend(q)) / usual, 1000));
    }
}

/** Opens rebate: money given back to large customers and to partners outside of any invoice. */
export function openRebates(world: World): { account(account: Account): void; partners(): void } {
  const { random, firstDay, today } = world;
  const file = world.folder.open('tables/rebate', `account_id partner_id kind period_start currency amount`);
  return {
    account(account) {
      if (account.segment.name !== 'Enterprise' || account.customerSince === STILL || !random.chance(0.3))
        return;
      for (let q = quarter(Math.max(firstDay, account.customerSince)); quarterStart(q + 1) <= today; q++) {
        const kind = random.chance(0.2) ? 'free_service' : 'rebate';
        const amount = `${random.whole(8, 60) * 100}.00`;
        if (random.chance(0.5))
          file.row(account.id, '', kind, iso(quarterStart(q)), account.region.currency, amount);
      }
    },
    partners() {
      world.settings.company.partners.forEach((_, n) => {
        for (let q = quarter(firstDay); quarterStart(q + 1) <= today; q++) {
          const amount = `${random.whole(20, 140) * 100}.00`;
          file.row('', partnerId(n), 'channel_fund', iso(quarterStart(q)), 'USD', amount);
        }
      });
    },
  };
}
