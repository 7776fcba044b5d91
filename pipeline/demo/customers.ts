import { day } from './calendar.ts';
import type { Identifier } from './identifiers.ts';
import type { People } from './people.ts';
import { STILL, type Person } from './person.ts';
import type { Random } from './random.ts';
import type { Names, Region, Segment, Settings } from './settings.ts';

/** Who held a role on an account, from one day to another. */
export interface Tenure {
  person: Person;
  from: number;
  to: number;
}

export interface Account {
  index: number;
  id: string;
  name: string;
  parentId: string;
  region: Region;
  country: string;
  segment: Segment;
  industry: string;
  headcount: number;
  createdOn: number;
  fromBefore: boolean;
  unearned: boolean;
  partner: number;
  executives: Tenure[];
  managers: Tenure[];
  csm: Person;
  /** The day of the first won deal; STILL until there is one. */
  customerSince: number;
}

/** Who held the role on a day (days since 1970); the last holder for any day after. */
export function holder(tenures: readonly Tenure[], on: number): Person {
  for (const tenure of tenures) if (on < tenure.to) return tenure.person;
  return tenures.at(-1)!.person;
}

/** Draws one account. The first is the parent of the group that gets discounts it did not earn. */
export function drawAccount(
  random: Random,
  settings: Settings,
  people: People,
  accountId: Identifier,
  index: number,
): Account {
  const { company, names, planted } = settings;
  const unearned = index === 0 || random.chance(planted.unearned.share_of_accounts);
  const region = company.regions[random.weighted(company.regions.map((one) => one.share))]!;
  const segmentIndex = random.weighted(company.segments.map((one) => one.share));
  const segment = unearned
    ? company.segments.find((one) => one.name === planted.unearned.segment)!
    : company.segments[segmentIndex]!;
  const fromBefore = unearned || random.chance(company.customers_from_before);
  const start = day(company.first_day);
  const [low, high] = segment.headcount;
  return {
    index,
    id: accountId(index),
    name: index === 0 ? planted.unearned.group : accountName(random, names, region.name, index),
    parentId: unearned && index > 0 ? accountId(0) : '',
    region,
    country: random.pick(company.countries[region.name]!),
    segment,
    industry: random.pick(company.industries),
    headcount: Math.round(low * (high / low) ** random.next()),
    createdOn: start - random.whole(30, fromBefore ? 1800 : 400),
    fromBefore,
    unearned,
    partner: random.whole(0, company.partners.length - 1),
    executives: tenures(random, people, 'account_executive', region.name, start),
    managers: tenures(random, people, 'account_manager', region.name, start),
    csm: people.choose(random, 'csm', region.name, start),
    customerSince: fromBefore ? start - 400 : STILL,
  };
}

/** Two words and a legal form; a name is one customer's alone (from the words' product on, with a number). */
function accountName(random: Random, names: Names, region: string, n: number): string {
  if (n % 60 === 59) return `${names.awkward[((n - 59) / 60) % names.awkward.length]!} ${(n - 59) / 60 + 1}`;
  const [first, second] = [names.company_first, names.company_second];
  const pairs = first.length * second.length;
  const pair = (n * STEP) % pairs;
  const number = n < pairs ? '' : ` ${Math.floor(n / pairs) + 1}`;
  const form = random.pick(names.legal_form[region]!);
  return `${first[pair % first.length]!} ${second[Math.floor(pair / first.length)]!}${number} ${form}`;
}

const STEP = 7919; // a prime, so that neighbours in number have nothing alike in name

/**
 * Who holds a role on an account over time: when someone leaves the region a colleague follows, and those
 * who arrive are handed some of the region's customers.
 */
function tenures(random: Random, people: People, role: string, region: string, start: number): Tenure[] {
  const result: Tenure[] = [];
  let from = start;
  let person = people.choose(random, role, region, from);
  while (result.length < 8) {
    let to = person.activeTo;
    for (const place of person.places)
      if (place.from > from && place.region !== region) to = Math.min(to, place.from);
    let next: Person | undefined;
    for (const arrival of people.arrivals(role, region))
      if (arrival.on > from && arrival.on < to && random.chance(HANDED_OVER)) {
        to = arrival.on;
        next = arrival.person;
      }
    result.push({ person, from, to });
    if (to >= STILL) break;
    from = to;
    person = next ?? people.choose(random, role, region, from);
  }
  return result;
}

/** Share of a region's customers that someone who arrives takes over. */
const HANDED_OVER = 0.12;
