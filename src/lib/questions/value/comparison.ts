import type { Asking } from '../../asking/asking.ts';
import type { AnswerRow } from '../../metrics/answer.ts';
import type { Filter, Scope } from '../../metrics/request.ts';
import type { Interval } from '../../statistics/bootstrap.ts';
import { survivors } from '../../statistics/falseDiscovery.ts';
import { FALSE_DISCOVERY_RATE, MINIMUM_DEALS } from '../../statistics/standOut.ts';
import {
  MINIMUM_EFFECTIVE,
  ratioGap,
  shareGap,
  shareRatio,
  type TwoGroups,
} from '../../statistics/twoGroups.ts';
import { criticalT } from '../../statistics/studentT.ts';
import { wilson } from '../../statistics/wilson.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { ask, numberIn, only, smallestWorthActing } from './asked.ts';

/** How a group of deals was priced and won; fractions. */
export interface Outcome {
  /** Won deals with a known list price. */
  priced: number;
  discountRate: number | null;
  discountError: number | null;
  discountInterval: Interval | null;
  effective: number;
  won: number;
  lost: number;
  winRate: number | null;
  winInterval: Interval | null;
  cycleDays: number | null;
}

export interface Compared extends TwoGroups {
  id: string;
  measure: 'discount_rate' | 'win_rate';
  minimumEffect: number;
  one: number | null;
  other: number | null;
  /** How many times as often the first are won. */
  ratio: (Interval & { ratio: number }) | null;
  /** Survives a false-discovery rate of 10% over all that the page compares. */
  stands: boolean;
}

/** Which discounts are compared: those that someone decided, where the source tells them apart. */
export interface Basis {
  discounts: 'discretionary' | 'all';
  /** Renewals at the same scope ask for no new value, and are left out of win rates where deal types are known. */
  withoutRenewals: boolean;
}

const priced = ['discount_rate', 'discount_rate_error', 'effective_deals', 'deals'];
const closed = ['won_deals', 'lost_deals', 'win_rate', 'cycle_days'];

function outcomeIn(price: AnswerRow, end: AnswerRow): Outcome {
  const won = numberIn(end, 'won_deals') ?? 0;
  const lost = numberIn(end, 'lost_deals') ?? 0;
  const told = numberIn(end, 'win_rate') !== null;
  const discountRate = numberIn(price, 'discount_rate');
  const discountError = numberIn(price, 'discount_rate_error');
  const effective = numberIn(price, 'effective_deals') ?? 0;
  const enough = (numberIn(price, 'deals') ?? 0) >= MINIMUM_DEALS && effective >= MINIMUM_EFFECTIVE;
  const reach = discountError !== null && enough ? criticalT(0.05, effective - 1) * discountError : null;
  return {
    priced: numberIn(price, 'deals') ?? 0,
    ...{ discountRate, discountError, effective, won, lost },
    discountInterval:
      discountRate === null || reach === null
        ? null
        : { low: discountRate - reach, high: discountRate + reach },
    winRate: numberIn(end, 'win_rate'),
    winInterval: told ? wilson(won, won + lost) : null,
    cycleDays: numberIn(end, 'cycle_days'),
  };
}

/** Values of several dimensions as one text. */
export const groupId = (row: AnswerRow, by: string[]): string => by.map((id) => row[id] ?? '').join('|');

/** How deals that fulfil the conditions were priced and won: all of them, and by group. */
export async function outcomesOf(
  warehouse: Warehouse,
  asking: Asking,
  scope: Scope,
  conditions: Filter[],
  { discounts, withoutRenewals }: Basis,
  by: string[] = [],
): Promise<{ all: Outcome; of: (id: string) => Outcome }> {
  const decided = discounts === 'discretionary' ? [only('discount_kind', ['discretionary'])] : [];
  const fresh = withoutRenewals ? [only('deal_type', ['renewal'], true)] : [];
  const [prices, ends] = await Promise.all([
    ask(warehouse, asking, scope, { measures: priced, by }, [...conditions, ...decided]),
    ask(warehouse, asking, scope, { measures: closed, by }, [...conditions, ...fresh]),
  ]);
  const rowOf = (rows: AnswerRow[], id: string) => rows.find((row) => groupId(row, by) === id) ?? {};
  return {
    all: outcomeIn(prices.totals, ends.totals),
    of: (id) => outcomeIn(rowOf(prices.rows, id), rowOf(ends.rows, id)),
  };
}

/** One group of deals against another, in discount and in wins. Association: hard deals differ in more than this. */
export function compareOutcomes(warehouse: Warehouse, id: string, one: Outcome, other: Outcome): Compared[] {
  const rates = smallestWorthActing(warehouse, 'discount_rate');
  const wins = smallestWorthActing(warehouse, 'win_rate');
  const ratio = (group: Outcome) => ({
    rate: group.discountRate ?? 0,
    error: group.discountError ?? 0,
    deals: group.discountError === null ? 0 : group.priced,
    effective: group.effective,
  });
  const share = ({ won, lost, winRate }: Outcome) => ({ hits: won, n: winRate === null ? 0 : won + lost });
  return [
    {
      ...ratioGap(ratio(one), ratio(other), rates),
      ...{ id, measure: 'discount_rate', minimumEffect: rates, ratio: null, stands: false },
      ...{ one: one.discountRate, other: other.discountRate },
    },
    {
      ...shareGap(share(one), share(other), wins),
      ...{ id, measure: 'win_rate', minimumEffect: wins, stands: false },
      ratio: share(one).n > 0 && share(other).n > 0 ? shareRatio(share(one), share(other)) : null,
      ...{ one: one.winRate, other: other.winRate },
    },
  ];
}

/** Marks what may be stated of all that the page compares (Benjamini & Hochberg 1995). */
export function markStanding(compared: readonly Compared[]): Compared[] {
  const told = compared.filter(({ error }) => error !== null);
  const kept = survivors(
    told.map(({ p }) => p),
    FALSE_DISCOVERY_RATE,
  );
  const standing = new Set(told.filter((_, at) => kept[at]));
  return compared.map((one) => ({ ...one, stands: standing.has(one) }));
}
