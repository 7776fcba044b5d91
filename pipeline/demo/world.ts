import { day } from './calendar.ts';
import type { ExportFolder } from './csv.ts';
import { salesforceIds, stripeIds, type Identifier } from './identifiers.ts';
import { buildPeople, type People, type Person } from './people.ts';
import { buildPriceBook, type PriceBook } from './products.ts';
import { Random } from './random.ts';
import type { Settings } from './settings.ts';
import { drawTraits, type Traits } from './traits.ts';

/** All that is known of the demo company before its customers begin to buy. */
export interface World {
  settings: Settings;
  seed: number;
  accounts: number;
  /** Restarted for each account, so that one customer's story does not depend on the others. */
  random: Random;
  firstDay: number;
  /** The day of the exports; nothing happens on it or after it. */
  today: number;
  people: People;
  traits: Map<Person, Traits>;
  book: PriceBook;
  folder: ExportFolder;
  /** Weights of contracts of one, two and three years. */
  termWeights: number[];
  promotionOn(on: number): boolean;
  ids: Record<'account' | 'deal' | 'line' | 'history' | 'member' | 'contact', Identifier> &
    Record<'customer' | 'subscription' | 'invoice' | 'invoiceLine' | 'creditNote', Identifier>;
}

export function buildWorld(settings: Settings, seed: number, deals: number, folder: ExportFolder): World {
  const people = buildPeople(settings.company, settings.names, seed);
  const windows = settings.company.discounts.promotion.windows.map(
    ([from, to]) => [day(from), day(to)] as const,
  );
  return {
    settings,
    seed,
    accounts: Math.max(20, Math.round(deals * settings.company.accounts_per_deal)),
    random: new Random(seed),
    firstDay: day(settings.company.first_day),
    today: day(settings.company.export_date),
    people,
    traits: drawTraits(settings, people, seed),
    book: buildPriceBook(settings),
    folder,
    termWeights: Object.values(settings.company.terms),
    promotionOn: (on) => windows.some(([from, to]) => on >= from && on <= to),
    ids: {
      account: salesforceIds('001'),
      deal: salesforceIds('006'),
      line: salesforceIds('00k'),
      history: salesforceIds('008'),
      member: salesforceIds('00q'),
      contact: salesforceIds('003'),
      customer: stripeIds('cus_', seed),
      subscription: stripeIds('sub_', seed),
      invoice: stripeIds('in_', seed),
      invoiceLine: stripeIds('il_', seed),
      creditNote: stripeIds('cn_', seed),
    },
  };
}

const plans = new WeakMap<Settings, [from: number, rate: number][]>();

/** Hundredths of a US dollar for one unit, at the plan rate of the fiscal year in which `on` falls. */
export function planRate(settings: Settings, currency: string, on: number): number {
  if (currency !== settings.company.fx.currency) return 100;
  let plan = plans.get(settings);
  if (!plan) {
    plan = Object.entries(settings.company.fx.plan).map(([from, rate]) => [
      day(from),
      Math.round(rate * 100),
    ]);
    plans.set(settings, plan);
  }
  let result = plan[0]![1];
  for (const [from, rate] of plan) if (on >= from) result = rate;
  return result;
}
