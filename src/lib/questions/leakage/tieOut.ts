import { alone, requestOf, type Asking } from '../../asking/asking.ts';
import { answer, type Answer, type AnswerRow } from '../../metrics/answer.ts';
import type { Scope } from '../../metrics/request.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { causes, nounOf, type Cause } from './causes.ts';
import { notKnownOfBills } from './list.ts';
import { isMatchLoaded } from './loaded.ts';

/** What one cause comes to, in the reporting currency. Billed less and billed more are never netted. */
export interface CauseSum {
  cause: Cause;
  /** Sold lines that it is on; credits, or lines of bills, where no sale is concerned. */
  lines: number;
  /** Rows of the match: a line that is billed by the month has one a bill. */
  parts: number;
  sold: number;
  billed: number;
  /** Billed less than sold; never negative. */
  less: number;
  /** Billed more than sold; never negative. */
  more: number;
  /** How sure the two sides belong together, weighted by dollars, 0 to 1. */
  confidence: number | null;
}

/** What was sold and has come due, beside what was billed of it. */
export interface TieOut {
  /** Sold, and to be billed by the newest export or within the period. */
  due: number;
  /** All that was billed, before tax. */
  billed: number;
  /** Sold and billed in agreement, at what was sold. */
  matched: number;
  /** The same at what was billed: within the tolerance the two may differ. */
  matchedBilled: number;
  /** Matched ÷ due; null where nothing was due. */
  share: number | null;
  /** Billed less than sold or credited without approval, and billed more, for a cause that is known; what found no other side is apart. */
  less: number;
  more: number;
  /** Due, and no bill found; billed, and no sale found. Neither is known to be lost. */
  unmatchedSold: number;
  unmatchedBilled: number;
  /** Sold, and not due yet, in so many parts of lines. */
  notDue: number;
  notDueParts: number;
  /** Lines that came due. */
  n: number;
  /** Parts of them, one a bill as a rule, and how many of these are billed as sold. */
  parts: number;
  matchedParts: number;
  /** How sure the matching is, weighted by what was billed, 0 to 1. */
  confidence: number | null;
  /** By cause, in the order in which they are told; those without a line left out. */
  causes: CauseSum[];
  answered: Answer;
}

export const tieOutMeasures = [
  ...['match_rows', 'sold_due', 'sold_not_due', 'billed_against', 'matched_amount', 'matched_share'],
  ...['under_billed', 'over_billed', 'sold_unmatched', 'billed_unmatched', 'match_confidence'],
  'lines_due',
];

/** Credits and bills without a sale are no parts of lines that came due. */
const ofSales = causes.filter((cause) => cause !== 'unauthorised_credit' && cause !== 'unmatched_billed');

/** What nobody approved of what was credited: it was billed as sold first, so that it is no part of what bills lack. */
export const creditedUnapproved = ({ causes: found }: Pick<TieOut, 'causes'>): number =>
  found.find(({ cause }) => cause === 'unauthorised_credit')?.less ?? 0;

const amount = (row: AnswerRow | undefined, id: string) => Number(row?.[id] ?? 0);
const share = (row: AnswerRow, id: string) => (typeof row[id] === 'number' ? row[id] : null);

/**
 * What was sold against what was billed of it, by cause. Null where the build has no match, as without bills, where
 * nothing that is asked for is in it, or where bills don't know what is filtered for.
 */
export async function tieOut(warehouse: Warehouse, asking: Asking, scope: Scope): Promise<TieOut | null> {
  if (notKnownOfBills(asking) !== null || !(await isMatchLoaded(warehouse))) return null;
  const request = requestOf(alone(asking), { measures: tieOutMeasures, by: ['cause'] });
  const answered = await answer(warehouse, request, scope);
  if (answered.rows.length === 0) return null;
  const row = (cause: string) => answered.rows.find((found) => found.cause === cause);
  const parts = (cause: string) => amount(row(cause), 'match_rows');
  const all = answered.totals;
  return {
    due: amount(all, 'sold_due'),
    billed: amount(all, 'billed_against'),
    matched: amount(all, 'matched_amount'),
    matchedBilled: amount(row('matched'), 'billed_against'),
    share: share(all, 'matched_share'),
    less: amount(all, 'under_billed'),
    more: amount(all, 'over_billed'),
    unmatchedSold: amount(all, 'sold_unmatched'),
    unmatchedBilled: amount(all, 'billed_unmatched'),
    notDue: amount(all, 'sold_not_due'),
    notDueParts: parts('timing'),
    n: amount(all, 'lines_due'),
    parts: ['matched', ...ofSales].reduce((sum, cause) => sum + parts(cause), 0),
    matchedParts: parts('matched'),
    confidence: share(all, 'match_confidence'),
    causes: causes.flatMap((cause) => {
      const found = row(cause);
      if (!found) return [];
      return [
        {
          cause,
          lines: amount(found, nounOf(cause) === 'line' ? 'lines_due' : 'match_rows'),
          parts: amount(found, 'match_rows'),
          sold: amount(found, 'sold_due'),
          billed: amount(found, 'billed_against'),
          less: amount(found, 'under_billed'),
          more: amount(found, 'over_billed'),
          confidence: share(found, 'match_confidence'),
        },
      ];
    }),
    answered,
  };
}
