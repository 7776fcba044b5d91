import type { Asking } from '../../asking/asking.ts';
import type { Scope } from '../../metrics/request.ts';
import { bunching, type BunchingFound, type GivenRate } from '../../statistics/bunching.ts';
import { bunchingCompared, type BunchingCompared } from '../../statistics/bunchingCompared.ts';
import { twoSidedT } from '../../statistics/studentT.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { askedKey } from './dealRates.ts';
import { limitedRates, type LimitedRate } from './limitedRates.ts';
import { limitIsAllowed } from './limitIsAllowed.ts';

/** What discounts do at one limit. */
export interface AtLimit {
  /** Percent of list. */
  limit: number;
  /** Lines that it binds, and whom: roles where only some have it. */
  lines: number;
  roles: string[];
  result: BunchingFound;
  /** The chance of an excess as clear where nobody is drawn to the limit; null where it can't be told. */
  p: number | null;
  /** Against those who have another limit; null where nobody has, or too few. */
  compared: BunchingCompared | null;
}

export interface AtLimits {
  limits: AtLimit[];
  inclusive: boolean;
  lines: number;
  /** discretionary, or unknown where nobody says which discounts are. */
  kind: string;
}

/** Ours: the limits that bind most are looked at, so that one in a blue moon costs no picture. */
const MOST_LIMITS = 4;

const given = (rates: readonly LimitedRate[]): GivenRate[] =>
  rates.map(({ rate, deal_id }) => ({ rate, deal: deal_id }));

function atLimit(limit: number, rates: readonly LimitedRate[], inclusive: boolean): AtLimit {
  const bound = rates.filter(({ max_rate }) => max_rate === limit);
  const others = rates.filter(({ max_rate }) => max_rate !== limit);
  const result = bunching(given(bound), limit, { inclusive });
  const share = result.bunching?.share;
  return {
    ...{ limit, result, lines: bound.length },
    roles: [...new Set(bound.flatMap(({ role }) => role ?? []))].toSorted(),
    p: share?.error ? twoSidedT(share.estimate / share.error, share.df) : null,
    compared: others.length > 0 ? bunchingCompared(given(bound), given(others), limit, { inclusive }) : null,
  };
}

/** Whether discounts gather at the limits in percent that bind lines, limit by limit, the one that binds most first. */
export function bunchingAtLimits(warehouse: Warehouse, asking: Asking, scope: Scope): Promise<AtLimits> {
  return warehouse.remember(`bunching ${askedKey(asking, scope)}`, async () => {
    const { span } = asking;
    const all = await limitedRates(warehouse, scope, asking);
    const rates = all.filter(
      ({ closed_on: day }) => (span?.from == null || day >= span.from) && (span?.to == null || day < span.to),
    );
    const lines = new Map<number, number>();
    for (const { max_rate: limit } of rates) lines.set(limit, (lines.get(limit) ?? 0) + 1);
    const limits = [...lines]
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, MOST_LIMITS)
      .map(([limit]) => limit);
    const inclusive = limitIsAllowed(warehouse);
    return {
      limits: limits.map((limit) => atLimit(limit, rates, inclusive)),
      inclusive,
      lines: rates.length,
      kind: rates[0]?.kind ?? 'discretionary',
    };
  });
}
