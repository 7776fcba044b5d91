import { alone, requestOf, type Asking } from '../../asking/asking.ts';
import { answer, type AnswerRow } from '../../metrics/answer.ts';
import { BadRequest } from '../../metrics/badRequest.ts';
import type { Scope } from '../../metrics/request.ts';
import { MINIMUM_DEALS } from '../../statistics/standOut.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { groupName, keysOf, splits, type Split } from '../splits.ts';

/** What differences can be split by, in the order in which the page offers it. */
export const leakSplits: readonly Split[] = [
  'region',
  'rep_id',
  'manager_id',
  'account_id',
  'segment',
  'product_family',
  'product_id',
].map((id) => splits.find((split) => split.id === id)!);

/** The split that the address names, or the first. Throws BadRequest for one that is none. */
export function leakSplitOf(search: URLSearchParams): Split {
  const id = search.get('by');
  const found = id === null ? leakSplits[0] : leakSplits.find((split) => split.id === id);
  if (found) return found;
  throw new BadRequest(
    'by',
    `"${id}" is no way to split differences.`,
    leakSplits.map((split) => split.id),
  );
}

/** What differs in one group, beside what came due there. */
export interface LeakGroup {
  id: string | null;
  name: string;
  due: number;
  matched: number;
  less: number;
  more: number;
  lines: number;
  /** Too few lines to be compared. */
  isFew: boolean;
}

const measures = ['sold_due', 'matched_amount', 'under_billed', 'over_billed', 'lines_due'];

const group = (split: Split, row: AnswerRow): LeakGroup => {
  const number = (id: string) => Number(row[id] ?? 0);
  return {
    id: row[split.id] === null ? null : String(row[split.id]),
    name: groupName(split, row),
    due: number('sold_due'),
    matched: number('matched_amount'),
    less: number('under_billed'),
    more: number('over_billed'),
    lines: number('lines_due'),
    isFew: number('lines_due') < MINIMUM_DEALS,
  };
};

/** Groups that the page shows before the rest is summed. */
const SHOWN = 15;

/** Where less was billed than sold: most dollars first, those beyond what is shown as one, adding up to the total. */
export async function leakBy(
  warehouse: Warehouse,
  asking: Asking,
  split: Split,
  scope: Scope,
): Promise<{ groups: LeakGroup[]; all: number; rest: LeakGroup | null; total: LeakGroup }> {
  const request = requestOf(alone(asking), { measures, by: keysOf(split) });
  const { rows, totals } = await answer(warehouse, request, scope);
  const found = rows.map((row) => group(split, row)).sort((a, b) => b.less - a.less || b.due - a.due);
  const shown = found.length > SHOWN + 1 ? SHOWN : found.length;
  const [groups, hidden] = [found.slice(0, shown), found.slice(shown)];
  const sum = (of: 'due' | 'matched' | 'less' | 'more' | 'lines') =>
    hidden.reduce((whole, one) => whole + one[of], 0);
  const rest: LeakGroup | null =
    hidden.length === 0
      ? null
      : {
          id: null,
          name: `${hidden.length} other ${split.several}`,
          ...{ due: sum('due'), matched: sum('matched'), less: sum('less') },
          ...{ more: sum('more'), lines: sum('lines'), isFew: true },
        };
  return { groups, all: found.length, rest, total: { ...group(split, totals), name: 'All', isFew: false } };
}
