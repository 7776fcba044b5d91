import type { Explanation } from '$lib/design/doors.ts';
import { count } from '$lib/design/formats.ts';
import type { Row } from '$lib/design/table.ts';
import { nounOf, type Cause } from '$lib/questions/leakage/causes.ts';
import type { Difference } from '$lib/questions/leakage/list.ts';
import type { Told } from '$lib/questions/leakage/loaded.ts';
import type { TieOut } from '$lib/questions/leakage/tieOut.ts';
import { causeInWords } from '$lib/statements/leakage.ts';
import { listRows } from '$lib/statements/leakageTables.ts';
import { shownHref } from './links.ts';

/** A section of the page about one cause: its question, and what it needs of the data beyond bills and deals. */
const sections: { cause: Cause; measure: string; question: string; none: string; needs: string | null }[] = [
  {
    cause: 'not_billed',
    measure: 'not_billed',
    question: 'What was sold and never billed?',
    none: 'Every line that came due has its bill.',
    needs: null,
  },
  {
    cause: 'late_start',
    measure: 'billed_late',
    question: 'What was billed from too late?',
    none: 'No bill begins after its service did.',
    needs: null,
  },
  {
    cause: 'discount_past_end',
    measure: 'discount_past_end',
    question: 'Which discounts are still billed past their end?',
    none: 'No discount was billed past the end that is known of it.',
    needs: 'discounts',
  },
  {
    cause: 'missed_uplift',
    measure: 'missed_uplift',
    question: 'Which agreed price rises were missed?',
    none: 'Every price rise that came due was billed.',
    needs: 'uplifts',
  },
  {
    cause: 'unauthorised_credit',
    measure: 'unauthorised_credits',
    question: 'Which credits did nobody approve?',
    none: 'Every credit for price names who allowed it.',
    needs: 'credits',
  },
  {
    cause: 'price',
    measure: 'billed_at_other_price',
    question: 'What was billed at another price?',
    none: 'Every price billed is the one agreed.',
    needs: 'lines',
  },
  {
    cause: 'quantity',
    measure: 'billed_other_quantity',
    question: 'What was billed in another quantity?',
    none: 'Every quantity billed is the one sold.',
    needs: 'lines',
  },
  {
    cause: 'currency',
    measure: 'billed_other_currency',
    question: 'What was billed in another currency?',
    none: 'Everything was billed in the currency it was sold in.',
    needs: null,
  },
  {
    cause: 'unmatched_sold',
    measure: 'sold_unmatched',
    question: 'For which sales was no bill found?',
    none: 'For every sale that came due, bills or their absence could be told.',
    needs: null,
  },
  {
    cause: 'unmatched_billed',
    measure: 'billed_unmatched',
    question: 'For which bills was no sale found?',
    none: 'For every bill a sale was found.',
    needs: null,
  },
];

export interface CauseSection {
  id: string;
  question: string;
  answer: string;
  rows: Row[];
  basis?: string;
  explain?: Explanation;
  /** The rows of the cause in the list below. */
  href: string | null;
  missing: Told | null;
}

/** What each cause comes to, its largest rows, and the way to all of them; what is not loaded is said. */
export function causeSections(
  found: TieOut,
  examples: ReadonlyMap<Cause, Difference[]>,
  missing: Record<string, Told | null>,
  search: URLSearchParams,
  currency: string,
  explain: (measure: string, n: number, one: string) => Explanation,
): CauseSection[] {
  return sections.flatMap(({ cause, measure, question, none, needs }): CauseSection[] => {
    const sum = found.causes.find((one) => one.cause === cause);
    const lacks = needs === null ? null : (missing[needs] ?? null);
    // Rare causes are not spoken of where there are none, and none where nothing came due.
    if (!sum && found.due <= 0) return [];
    if (!sum && ['currency', 'unmatched_sold', 'unmatched_billed'].includes(cause)) return [];
    return [
      {
        id: cause.replaceAll('_', '-'),
        question,
        answer: sum ? causeInWords(sum, currency) : lacks ? '' : none,
        rows: listRows(examples.get(cause) ?? [], currency),
        ...(sum
          ? {
              basis: count(sum.lines, nounOf(cause)),
              explain: explain(measure, sum.lines, nounOf(cause)),
            }
          : {}),
        href: sum ? shownHref(search, cause) : null,
        missing: sum ? null : lacks,
      },
    ];
  });
}
