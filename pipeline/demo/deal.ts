import type { Account } from './customers.ts';
import type { Effects } from './discounts.ts';
import type { Line } from './lines.ts';
import type { Person, Place } from './person.ts';
import type { DealType } from './settings.ts';

/** One opportunity, complete but for its history. */
export interface Deal {
  number: number;
  id: string;
  account: Account;
  type: DealType;
  owner: Person;
  /** The owner's team, region and manager as of the close (today for open deals). */
  place: Place;
  originalSeller: Person | undefined;
  createdOn: number;
  closesOn: number;
  /** Closed at 23:30 local time. */
  lateEvening: boolean;
  outcome: 'won' | 'lost' | 'open';
  lines: Line[];
  /** Σ net of the lines in cents. */
  net: number;
  partnerLed: boolean;
  valueRecorded: boolean;
  /** The amount field does not agree with the lines. */
  amount: number;
  effects: Effects;
  /** Points wanted before any line's noise. */
  wanted: number;
  wrongRole: boolean;
}
