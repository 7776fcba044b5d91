import { day, quarter, quarterStart } from './calendar.ts';
import type { ExportFolder } from './csv.ts';
import { salesforceIds, stripeIds, type Identifier } from './identifiers.ts';
import { buildPeople, type People } from './people.ts';
import type { Person } from './person.ts';
import { buildPriceBook, type PriceBook } from './products.ts';
import { Random } from './random.ts';
import type { CompanySettings, Settings } from './settings.ts';
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
  /** Quantities in hundredths from which a volume discount applies, with its rate in percent. */
  volumeSteps: { quantity: number; rate: number }[];
  /** Fiscal quarters of the story, with how likely a deal is to close in each. */
  quarters: { first: number; weights: number[] };
  ids: Record<'account' | 'deal' | 'line' | 'history' | 'member' | 'contact', Identifier> &
    Record<'customer' | 'subscription' | 'invoice' | 'invoiceLine' | 'creditNote', Identifier>;
}

/** All that is drawn or worked out from the settings and the seed before the first customer; writes nothing yet. */
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
    volumeSteps: Object.entries(settings.company.discounts.volume.steps).map(([pieces, rate]) => ({
      quantity: Number(pieces) * 100,
      rate,
    })),
    quarters: quarterWeights(settings.company),
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

/** The season's weights, growing, the last quarter only as far as it is known. */
function quarterWeights(company: CompanySettings): World['quarters'] {
  const [first, today] = [quarter(day(company.first_day)), day(company.export_date)];
  const weights: number[] = [];
  for (let q = first; quarterStart(q) < today; q++) {
    const known = Math.min(1, (today - quarterStart(q)) / (quarterStart(q + 1) - quarterStart(q)));
    weights.push(company.quarter_weights[q % 4]! * (1 + company.growth_per_quarter * (q - first)) * known);
  }
  return { first, weights };
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
