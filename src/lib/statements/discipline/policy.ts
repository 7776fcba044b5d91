import { count, decimal, moneyInWords } from '../../design/formats.ts';
import type { NeedsApproval } from '../../questions/discipline/whatIf.ts';

/** `account_executive` as people write it; any role where none is named. */
export const roleInWords = (role: string | null): string =>
  role === null ? 'anyone' : role === '' ? 'nobody in the policy' : role.replaceAll('_', ' ');

export interface Load {
  /** Deals that need approval, their discount, and how many a quarter. */
  deals: number;
  discount: number;
  aQuarter: number;
}

const loadOf = (rows: readonly NeedsApproval[], quarters: number): Load => ({
  deals: rows.length,
  discount: rows.reduce((sum, { discount }) => sum + discount, 0),
  aQuarter: rows.length / Math.max(1, quarters),
});

/** What needs approval today and as changed, in all and by what `of` says of a deal; the most changed first. */
export function loads(
  rows: readonly NeedsApproval[],
  quarters: number,
  of: (row: NeedsApproval, policy: 'today' | 'changed') => string | null,
): { name: string; today: Load; changed: Load }[] {
  const names = new Set(
    rows.flatMap((row) => [of(row, 'today'), of(row, 'changed')]).filter((name) => name !== null),
  );
  const under = (policy: 'today' | 'changed', name: string) =>
    loadOf(
      rows.filter((row) => row[policy] !== null && of(row, policy) === name),
      quarters,
    );
  return [...names]
    .map((name) => ({ name, today: under('today', name), changed: under('changed', name) }))
    .toSorted(
      (a, b) =>
        Math.abs(b.changed.deals - b.today.deals) - Math.abs(a.changed.deals - a.today.deals) ||
        b.today.deals - a.today.deals ||
        a.name.localeCompare(b.name, 'en'),
    );
}

/** Without a list price nothing is over a limit, and nothing within one. */
export const notPricedInWords =
  'No list price is known for these deals: what would have needed approval can’t be told.';

/** How many past deals would need approval, and what a change of the limits would do. */
export function whatIfInWords(
  rows: readonly NeedsApproval[],
  quarters: number,
  isChanged: boolean,
  currency: string,
): string {
  const today = loadOf(
    rows.filter((row) => row.today !== null),
    quarters,
  );
  const now = `Under today’s limits ${count(today.deals, 'deal')} with ${moneyInWords(today.discount, currency)} of discount would have needed approval`;
  if (!isChanged) return `${now}, ${decimal(today.aQuarter, 0)} a quarter.`;
  const changed = loadOf(
    rows.filter((row) => row.changed !== null),
    quarters,
  );
  const difference = changed.deals - today.deals;
  const how =
    difference === 0 ? 'as many' : `${count(Math.abs(difference))} ${difference > 0 ? 'more' : 'fewer'}`;
  return `${now}; under the changed ones ${count(changed.deals, 'deal')} with ${moneyInWords(changed.discount, currency)}: ${how}.`;
}
