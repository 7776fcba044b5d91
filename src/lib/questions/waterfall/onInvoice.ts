import type { Answer } from '../../metrics/answer.ts';
import type { Unrated } from '../exchangeRates.ts';

/** Amounts booked for the whole term, or amounts on bills of the period. */
export type Basis = 'booked' | 'billed';

/** A part of what was taken off list on the invoice; positive, in the reporting currency. */
export interface Off {
  id: string;
  label: string;
  amount: number;
  /** Someone decided it, or nobody says who: what a reader should look at. */
  alarm: boolean;
}

/** Net of rows of the period that don't say what is filtered for. */
export interface Untold {
  /** What they don't say: "region and segment". */
  by: string;
  net: number;
  /** Share of the period's net that does say, 0 to 1. */
  told: number;
}

/** From list to the invoice: list − Σ off + uplift + unpriced = net, in the reporting currency. */
export interface OnInvoice {
  answered: Answer;
  /** What was counted: won deals, or lines of bills. */
  counted: { n: number; one: string };
  list: number;
  /** What people decided and what follows a programme apart, where that is known. */
  off: Off[];
  uplift: number;
  /** Net of lines without a list price. */
  unpriced: number;
  net: number;
  /** Share of net whose list price is known, 0 to 1; null where there is no net. */
  listCoverage: number | null;
  /** Null where no cost is known. */
  cost: number | null;
  costCoverage: number | null;
  /** What of the basis does not say what is filtered for, and so is in no slice; null where all of it does. */
  untold: Untold | null;
  /** What is in no amount: its currency has no rate. */
  unrated: Unrated[];
}

/** A number of an answer; null where it says none. */
export const numberOf = ({ totals }: Pick<Answer, 'totals'>, id: string): number | null =>
  typeof totals[id] === 'number' ? totals[id] : null;

/** Sums of amounts to four decimals, without what adding them as floats collects. */
export const exactly = (amount: number): number => Math.round(amount * 1e4) / 1e4;

/** Parts that are something, or the whole under one name where nothing tells its parts apart. */
export function partsOf(whole: number, parts: Off[]): Off[] {
  const known = parts.filter(({ amount }) => amount !== 0);
  const isTold = known.some(({ id }) => !id.startsWith('other'));
  return isTold ? known : [{ id: 'discount', label: 'Discount', amount: whole, alarm: true }];
}
