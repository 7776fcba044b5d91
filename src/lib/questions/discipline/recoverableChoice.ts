import { BadRequest } from '../../metrics/badRequest.ts';

/** What the reader supposes: who others are held against, and how many deals would be lost at the higher price. */
export interface RecoverableChoice {
  /** Excess beyond that of this percentile of reps (and of customers) counts, 0–99. */
  percentile: number;
  /** Shares of the affected deals that would be lost, ascending, 0–1. */
  lost: number[];
}

/** Ours: whoever gives more than the middle one of their kind. */
export const STANDARD_PERCENTILE = 50;
/** The specification's own scenarios, in percent. */
export const STANDARD_LOST = [0, 10, 25];

const MOST_SCENARIOS = 6;

function number(name: string, text: string, most: number): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0 || value > most)
    throw new BadRequest(name, `"${text}" is not a number from 0 to ${most}.`);
  return value;
}

/** Reads `percentile=75` and `lost=0&lost=10` (or `lost=0,10`), in percent. Throws BadRequest for what is no number. */
export function recoverableChoice(search: URLSearchParams): RecoverableChoice {
  const percentile = search.get('percentile');
  const lost = search.getAll('lost').flatMap((text) => text.split(','));
  const shares = lost.length > 0 ? lost.map((text) => number('lost', text, 100)) : STANDARD_LOST;
  return {
    percentile: percentile === null ? STANDARD_PERCENTILE : number('percentile', percentile, 99),
    lost: [...new Set(shares)]
      .sort((a, b) => a - b)
      .slice(0, MOST_SCENARIOS)
      .map((share) => share / 100),
  };
}
