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

/** Title and department of each role. */
export const TITLES: Record<string, [string, string]> = {
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

/** Puts someone in one place for all their time at the company. */
export function settle(person: Person, team: string, region: string, managerId: string): void {
  person.places.push({ from: person.activeFrom, to: person.activeTo, team, region, managerId });
}

/** Takes someone on, in a region whose names they share; ALWAYS and STILL where no days are given. */
export type Hire = (role: string, region: string, from?: number, to?: number) => Person;
