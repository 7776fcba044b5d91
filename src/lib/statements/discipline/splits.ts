import { count, decimal } from '../../design/formats.ts';
import type { Splits } from '../../questions/discipline/splits.ts';
import { MINIMUM_DEALS } from '../../statistics/standOut.ts';
import { SPLIT_DAYS } from '../../statistics/splitDeals.ts';
import type { Looked, Said } from './section.ts';

const ID = 'split_deals/sets';

/** The one comparison of the section: sets found against sets by chance. */
export const splitsLooked = ({ deals, p }: Splits): Looked[] =>
  deals < MINIMUM_DEALS ? [] : [{ id: ID, p }];

export const splitsStand = (stands: (id: string) => boolean) => stands(ID);

const range = ({ mean, low, high }: Splits['byChance']) =>
  `chance alone would give about ${decimal(mean, 1)} (${count(low)} to ${count(high)})`;

/** How many sets there are, beside what chance gives. */
export function splitsInWords({ sets, byChance, deals }: Splits, stands: (id: string) => boolean): string {
  if (deals < MINIMUM_DEALS)
    return `${count(deals, 'deal')} of customers who bought from the same rep more than once are too few to compare.`;
  const found = `${count(sets.length, 'set')} of deals of one customer and rep within ${SPLIT_DAYS} days ${sets.length === 1 ? 'is' : 'are'} over the dollar limit only together`;
  if (sets.length === 0)
    return `No deals of one customer and rep within ${SPLIT_DAYS} days are over the dollar limit only together.`;
  if (stands(ID)) return `${found}; ${range(byChance)}.`;
  return `${found}, as many as there may be if nobody splits: ${range(byChance)}.`;
}

/** What of it may stand in the headline. */
export function splitsSaid(found: Splits, stands: (id: string) => boolean): Said[] {
  if (!stands(ID) || found.sets.length === 0) return [];
  return [
    {
      // Why they lie apart is not known: customers who buy in bursts look the same.
      headline: 'More deals than chance explains are over the dollar limit only together',
      sentence: splitsInWords(found, stands),
      section: 'split-deals',
      dollars: null,
    },
  ];
}
